"""Parts of `tools/swap_names.py`: choosing other names, and taking a page and its gold along."""
