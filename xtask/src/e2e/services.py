"""Prints the folders of the botocore models that moto implements, one per line."""

import os

import botocore
from moto.backend_index import backend_url_patterns
from moto.backends import ALT_SERVICE_NAMES

known = {name for name, _ in backend_url_patterns}
data = os.path.join(os.path.dirname(botocore.__file__), "data")
for name in sorted(os.listdir(data)):
    folder = os.path.join(data, name)
    # moto names are Python package names, which have no hyphens.
    backend = name.replace("-", "")
    if ALT_SERVICE_NAMES.get(backend, backend) not in known or not os.path.isdir(folder):
        continue
    newest = os.path.join(folder, max(os.listdir(folder)))
    if os.path.exists(os.path.join(newest, "service-2.json.gz")):
        print(newest)
