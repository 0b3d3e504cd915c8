"""A strict stand-in for WeChat Pay (API v3) and the mini-program host, on loopback.

Run it with ``python -m sandbox.wechat``; ``README.md`` beside this file describes it.
"""
