"""Downloads the source distribution of a project from the package index that pip is configured for.

Arguments: the project, the version (empty for the newest release), the folder to write to. Prints the version and the
SHA-256 from the index, or an empty line if the index has none. Only the index page and one archive are read. No code in
the package is run, unlike with `pip download`.
"""

import ast
import base64
import html.parser
import json
import os
import pathlib
import re
import ssl
import subprocess
import sys
import urllib.parse
import urllib.request

MAX_PAGE = 64 << 20
MAX_ARCHIVE = 256 << 20
TIMEOUT = 60
JSON = "application/vnd.pypi.simple.v1+json"


def pip(*arguments):
    """Returns the output of pip, which is empty if pip is missing or fails."""
    # pip runs in the new folder: `python -m` imports modules from the working directory.
    environment = dict(os.environ, COLUMNS="1000", PIP_DISABLE_PIP_VERSION_CHECK="1")
    command = [sys.executable, "-m", "pip", *arguments]
    run = subprocess.run(command, capture_output=True, text=True, cwd=sys.argv[3], env=environment)
    return run.stdout if run.returncode == 0 else ""


def configuration():
    """pip's configuration files as a dictionary, such as {"global.cert": "/etc/certs.pem"}."""
    if os.environ.get("PIP_CONFIG_FILE") == os.devnull:
        return {}
    lines = (line.partition("=") for line in pip("config", "list").splitlines())
    return {key: ast.literal_eval(value) for key, _, value in lines if value.startswith("'")}


FILES = None


def setting(name):
    """A setting of pip. The environment takes precedence over the files."""
    global FILES
    value = os.environ.get("PIP_" + name.upper().replace("-", "_"))
    if value:
        return value
    FILES = configuration() if FILES is None else FILES
    return FILES.get("download." + name) or FILES.get("global." + name)


def index():
    """The URL of the package index, with a slash at the end."""
    if (setting("no-index") or "").lower() in ("1", "on", "true", "yes"):
        sys.exit("pip is configured not to use a package index (no-index)")
    url = setting("index-url")
    if not url:
        # The default is not stored in any configuration, but pip's help shows it.
        stated = re.search(r"--index-url <url>.*?\(default (\S+?)\)", pip("download", "--help"), re.DOTALL)
        if not stated:
            sys.exit("no package index is configured, and pip provides no default; set PIP_INDEX_URL")
        url = stated.group(1)
    if "://" not in url:
        url = pathlib.Path(url).absolute().as_uri()
    return url.rstrip("/") + "/"


def opener():
    context = ssl.create_default_context(cafile=setting("cert"))
    handlers = [urllib.request.HTTPSHandler(context=context)]
    proxy = setting("proxy")
    if proxy:
        handlers.append(urllib.request.ProxyHandler({"http": proxy, "https": proxy}))
    return urllib.request.build_opener(*handlers)


def without_login(url):
    """The URL without its user name and password, and a header with them."""
    parts = urllib.parse.urlsplit(url)
    login, _, host = parts.netloc.rpartition("@")
    if not login:
        return url, None
    login = urllib.parse.unquote(login).encode()
    return parts._replace(netloc=host).geturl(), "Basic " + base64.b64encode(login).decode()


def get(opened, url, accept, limit, login):
    """The bytes of a resource, its media type, and its URL after redirects."""
    request = urllib.request.Request(url, headers={"Accept": accept})
    if login:
        # The password is not sent to the target of a redirect.
        request.add_unredirected_header("Authorization", login)
    try:
        with opened.open(request, timeout=TIMEOUT) as response:
            body = response.read(limit + 1)
            media_type, final = response.headers.get_content_type(), response.geturl()
    except (OSError, ValueError) as error:
        sys.exit(f"cannot get {url}: {error}")
    if len(body) > limit:
        sys.exit(f"{url} is larger than {limit >> 20} MiB")
    return body, media_type, final


class Page(html.parser.HTMLParser):
    """The links of an index page in HTML."""

    def __init__(self):
        super().__init__()
        self.files = []

    def handle_starttag(self, tag, attributes):
        fields = dict(attributes)
        if tag == "a" and fields.get("href"):
            url, _, fragment = fields["href"].partition("#")
            name = urllib.parse.unquote(url.rstrip("/").rpartition("/")[2])
            hashes = dict([fragment.split("=", 1)]) if "=" in fragment else {}
            self.files.append({"filename": name, "url": url, "hashes": hashes, "yanked": "data-yanked" in fields})


def files_of(body, media_type):
    if media_type == JSON:
        return json.loads(body)["files"]
    page = Page()
    page.feed(body.decode())
    return page.files


def choose(files, project, version):
    """The file with the source distribution, and its version. Pre-releases and withdrawn versions must be named."""
    pattern = re.compile(re.escape(project) + r"-([0-9]+(?:\.[0-9]+)*)\.tar\.gz")
    if version:
        found = [(version, file) for file in files if file["filename"] == f"{project}-{version}.tar.gz"]
    else:
        named = ((pattern.fullmatch(file["filename"]), file) for file in files if not file.get("yanked"))
        found = [(match.group(1), file) for match, file in named if match]
    if not found:
        sys.exit(f"the index has no source distribution of {project} {version}".rstrip())
    return max(found, key=lambda pair: [int(part) for part in re.findall("[0-9]+", pair[0])])


def main():
    project, version, folder = sys.argv[1:]
    root, login = without_login(index())
    local = root.startswith("file:")
    opened = opener()
    page = root + project + ("/index.html" if local else "/")
    body, media_type, page = get(opened, page, f"{JSON}, text/html;q=0.1", MAX_PAGE, login)
    try:
        version, file = choose(files_of(body, media_type), project, version)
    except (ValueError, KeyError, TypeError) as error:
        sys.exit(f"{page} is not an index page: {error!r}")
    url = urllib.parse.urljoin(page, file["url"])
    # An index on the network must not refer to local files.
    if not url.startswith(("https:", "http:")) and not local:
        sys.exit(f"the index names {url}, which is not an HTTP URL")
    same_host = urllib.parse.urlsplit(url).netloc == urllib.parse.urlsplit(root).netloc
    body, _, _ = get(opened, url, "*/*", MAX_ARCHIVE, login if same_host else None)
    pathlib.Path(folder, f"{project}-{version}.tar.gz").write_bytes(body)
    print(version)
    print(file.get("hashes", {}).get("sha256", ""))


main()
