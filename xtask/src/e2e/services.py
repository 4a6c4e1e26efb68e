"""Prints the folders of the botocore models that moto implements, one per line."""

import gzip
import json
import os

import botocore
from moto.backend_index import backend_url_patterns
from moto.backends import ALT_SERVICE_NAMES


def signs_with_version_2(path):
    """Returns true if the service signs with Signature Version 2, which the generator does not support."""
    with gzip.open(path) as file:
        return json.load(file)["metadata"].get("signatureVersion") == "v2"


known = {name for name, _ in backend_url_patterns}
data = os.path.join(os.path.dirname(botocore.__file__), "data")
for name in sorted(os.listdir(data)):
    folder = os.path.join(data, name)
    # moto names are Python package names, which have no hyphens.
    backend = name.replace("-", "")
    if ALT_SERVICE_NAMES.get(backend, backend) not in known or not os.path.isdir(folder):
        continue
    newest = os.path.join(folder, max(os.listdir(folder)))
    path = os.path.join(newest, "service-2.json.gz")
    if os.path.exists(path) and not signs_with_version_2(path):
        print(newest)
