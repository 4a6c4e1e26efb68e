"""Makes one call with botocore for each line of standard input, which contains the environment variables as JSON.

Writes one line for each: the text of the error, or an empty text, as JSON. HOME must not change between lines.
"""

import getpass
import json
import os
import sys


def mfa_code(prompt=""):
    return "123456"


# botocore keeps a reference to the function when it is imported.
getpass.getpass = mfa_code

import botocore.loaders
import botocore.session

# Reading the models takes longer than everything else, so all sessions share what has been read.
LOADER = botocore.loaders.create_loader()


def call():
    session = botocore.session.Session()
    session.register_component("data_loader", LOADER)
    client = session.create_client("ecr")
    try:
        client.describe_repositories()
    finally:
        client.close()


for line in sys.stdin:
    os.environ.clear()
    os.environ.update(json.loads(line))
    error = ""
    try:
        call()
    except (Exception, SystemExit) as problem:
        error = f"{type(problem).__name__}: {problem}"
    print(json.dumps(error), flush=True)
