"""Runs moto's server for as long as the program that started it keeps our standard input open.

However that program ends, killed included, its end of the pipe is closed, and no server is left behind.
"""

import os
import runpy
import threading


def follow():
    while os.read(0, 1024):
        pass
    os._exit(0)


threading.Thread(target=follow, daemon=True).start()
runpy.run_module("moto.server", run_name="__main__", alter_sys=True)
