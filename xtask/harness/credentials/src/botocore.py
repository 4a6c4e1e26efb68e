"""Makes one call with botocore for each line of standard input, which contains the environment variables as JSON.

Writes the error message of each call as a line of JSON, or an empty string if there is no error. HOME must not change between lines.
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

# Reading the models takes longer than everything else, so all sessions share one loader.
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
