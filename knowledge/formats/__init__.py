"""Turns a file of any office format into plain text, in a child process that can harm nothing.

`sandbox.extract` is the way in. The modules that parse are imported by `worker`, in the child, only.
"""
