"""Makes one call with botocore for each line of standard input, which contains the environment variables and the URL of the server as JSON.

Writes the error message of each call as a line of JSON, or an empty string if there is no error. HOME must not change between lines.
"""

import getpass
import json
import os
import sys
import urllib.parse


def mfa_code(prompt=""):
    return "123456"


# botocore keeps a reference to the function when it is imported.
getpass.getpass = mfa_code

import botocore.compat

# The package awscrt is installed only for login sessions. Modules that are imported after this line
# use the same signers as most installations.
botocore.compat.HAS_CRT = False

import botocore.httpsession
import botocore.loaders
import botocore.session

# Reading the models takes longer than everything else, so all sessions share one loader.
LOADER = botocore.loaders.create_loader()

CONTAINER_HOST = "169.254.170.2"

server = ""
original_send = botocore.httpsession.URLLib3Session.send


def send(session, request):
    # The host of relative container URIs cannot be configured.
    url = urllib.parse.urlsplit(request.url)
    if url.netloc == CONTAINER_HOST:
        request.url = server + "/link-local" + request.url.split(CONTAINER_HOST, 1)[1]
    return original_send(session, request)


botocore.httpsession.URLLib3Session.send = send


def call():
    session = botocore.session.Session()
    session.register_component("data_loader", LOADER)
    client = session.create_client("ecr")

    def add_account_id(request, **kwargs):
        # Without credentials, signing fails with a more specific error.
        credentials = session.get_credentials()
        if credentials and credentials.account_id:
            request.headers["x-account-id"] = credentials.account_id

    client.meta.events.register("before-sign.ecr", add_account_id)
    try:
        client.describe_repositories()
    finally:
        client.close()


for line in sys.stdin:
    run = json.loads(line)
    server = run["server"]
    os.environ.clear()
    os.environ.update(run["environment"])
    error = ""
    try:
        call()
    except (Exception, SystemExit) as problem:
        error = f"{type(problem).__name__}: {problem}"
    print(json.dumps(error), flush=True)
