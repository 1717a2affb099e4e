"""Packages from documents that nobody here wrote: views made from adapted schemas, without the library's parser.

The library drops, mangles or can't take much of what public documents have, and takes long over it.
"""
