"""Parts of `tools/quality.py`: OCR noise, judging single facts, the table and its document."""
