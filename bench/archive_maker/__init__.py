"""Invents the archive of one county newspaper over many years, and knows who everybody in it is.

`world` invents people, their careers and the bodies they work for; `articles` writes what a paper would print of
them; `pages` lays articles out as pages and notes the truth. Everything follows from one seed. Only the divisions and
the surnames are real; no sentence is taken from a newspaper.
"""

from archive_maker.pages import Archive, make_archive, write_archive

__all__ = ["Archive", "make_archive", "write_archive"]
