"""The measure of what nginx can do: one file with compressed copies, and nothing else."""

import gzip
import os
from pathlib import Path

import brotli

from bench import processes

MODULES = Path("/usr/lib/nginx/modules")
CONFIGURATION = """
{modules}
daemon off;
worker_processes {workers};
pid {folder}/nginx.pid;
error_log {folder}/error.log warn;
events {{ worker_connections 1024; }}
http {{
    include /etc/nginx/mime.types;
    sendfile on;
    tcp_nopush on;
    keepalive_timeout 65;
    keepalive_requests 1000000;
    access_log off;
    gzip_static on;
    {brotli}
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    server {{
        listen 127.0.0.1:{port};
        root {folder}/files;
    }}
}}
"""


class StaticFile:
    """An nginx of its own that serves `page` under `url`, with as many workers as the stack's."""

    def __init__(self, folder: Path, page: bytes, *, workers: int) -> None:
        files = folder / "files"
        files.mkdir(parents=True)
        (files / "article.html").write_bytes(page)
        packed = gzip.compress(page, 9, mtime=0)
        self.page_bytes = len(packed)
        (files / "article.html.gz").write_bytes(packed)
        (files / "article.html.br").write_bytes(brotli.compress(page, quality=11))
        port = processes.free_port()
        has_brotli = (MODULES / "ngx_http_brotli_static_module.so").exists()
        configuration = CONFIGURATION.format(
            folder=folder,
            port=port,
            workers=workers,
            modules=f"load_module {MODULES}/ngx_http_brotli_static_module.so;" if has_brotli else "",
            brotli="brotli_static on;" if has_brotli else "",
        )
        (folder / "nginx.conf").write_text(configuration)
        log = folder / "log"
        command = ["nginx", "-p", str(folder), "-e", str(folder / "error.log"), "-c", str(folder / "nginx.conf")]
        self.process = processes.start(command, env=dict(os.environ), cwd=folder, log=log)
        processes.wait_until(lambda: processes.listens(port), process=self.process, seconds=20, log=log)
        self.url = f"http://127.0.0.1:{port}/article.html"

    def pids(self) -> list[int]:
        return processes.tree(self.process.pid)

    def stop(self) -> None:
        processes.stop(self.process)
