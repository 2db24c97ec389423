"""PostgreSQL servers for tests of replicas: a primary, those that follow it, and nginx before several portals."""

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.parse import urlencode

import psutil
import psycopg

from pkportal.embedded import server
from pkportal.embedded.access import ROLE, SUPERUSER
from pkportal.embedded.cluster import READY_LINE, Cluster
from pkportal.embedded.programs import program_of_wheel
from tests.served import OURS, ROOT, address_of, wait_for

NGINX = shutil.which("nginx", path="/usr/sbin:/usr/local/sbin:/usr/bin:/bin")
# whoever reaches the socket is trusted; nobody but the account that runs the servers, and root, does
ACCESS = "local all all trust\nlocal replication all trust\n"
OPTIONS = {
    "shared_buffers": "32MB",
    "wal_retrieve_retry_interval": "100ms",
    "wal_keep_size": "256MB",  # for the replica whose copy takes longer, or that is down for a while
    "hot_standby_feedback": "on",
    "max_connections": "60",
}


class LentServer(Cluster):
    """A server that others can follow, and that can be killed."""

    def write_access_rules(self):
        self.account.write(self.data / "pg_hba.conf", ACCESS)

    def server_options(self):
        return " ".join([super().server_options(), *(f"-c {name}={value}" for name, value in OPTIONS.items())])

    def is_ready(self):
        last = [line.strip() for line in self.pid_file_lines()[READY_LINE:]]
        return self.process() is not None and last in (["ready"], ["standby"])

    def url(self, user=ROLE, database="record"):
        known = {key.lower(): value for key, value in self.connection_settings(user).items() if value}
        return f"postgresql:///?{urlencode({**known, 'dbname': database})}"

    def kill(self):
        self.process().kill()

    def follow(self, primary):
        """Become a replica: a copy of the primary that goes on reading its log."""
        self.home.mkdir(parents=True)
        socket_folder = primary.connection_settings()["HOST"]
        copy = [program_of_wheel("pg_basebackup"), "-h", socket_folder, "-U", SUPERUSER, "-D", self.data]
        subprocess.run([*copy, "-R", "-c", "fast", "--no-sync"], check=True)
        if not self.account.is_current_user:
            for path in [self.home, *self.home.rglob("*")]:
                os.chown(path, self.account.uid, self.account.gid, follow_symlinks=False)
        self.start()


@contextlib.contextmanager
def lent_server():
    folder = Path(tempfile.mkdtemp()).resolve()
    folder.chmod(0o755)  # another account runs the server for root
    try:
        yield LentServer(folder)
    finally:
        LentServer(folder).stop()
        shutil.rmtree(server.home(folder), ignore_errors=True)
        shutil.rmtree(folder, ignore_errors=True)


def copy_database(name, primary):
    """Copy a database of the tests into an empty server, as that of a plain role."""
    with psycopg.connect(primary.url(SUPERUSER, "postgres"), autocommit=True) as root:
        root.execute("CREATE ROLE pkportal LOGIN")
        root.execute("CREATE DATABASE record OWNER pkportal")
    psql = [program_of_wheel("psql"), "-q", "-v", "ON_ERROR_STOP=1", primary.url()]
    dump = [program_of_wheel("pg_dump"), "--no-owner", "--no-comments", address_of(name)]
    with subprocess.Popen(dump, stdout=subprocess.PIPE) as dumping:
        subprocess.run(psql, stdin=dumping.stdout, stdout=subprocess.DEVNULL, check=True)
    assert dumping.returncode == 0


class PortalProcess:
    """A portal with one worker, without the preparations of ``manage.py up``; it can be killed and started again."""

    def __init__(self, environment, log):
        self.environment, self.log = environment, log
        self.bind = f"127.0.0.1:{free_port()}"
        self.address = f"http://{self.bind}"
        self.start()

    def start(self):
        command = [sys.executable, "-m", "pkportal.serving", *self.bind.split(":")]
        with self.log.open("a") as out:
            self.process = subprocess.Popen(command, cwd=ROOT, env=self.environment, stdout=out, stderr=out)

    def kill(self):
        """Kill the first process, before it can start another worker, and its worker."""
        with contextlib.suppress(psutil.NoSuchProcess):
            workers = psutil.Process(self.process.pid).children()
            for process in [self.process, *workers]:
                process.kill()
        self.process.wait()


@contextlib.contextmanager
def portal_process(primary, replicas, log, **environment):
    """Serve a portal that reads from replicas."""
    kept = {name: value for name, value in os.environ.items() if name not in OURS}
    servers = {"DATABASE_URL": primary.url(), "REPLICA_URLS": " ".join(replica.url() for replica in replicas)}
    site = {"SITE_URL": "http://127.0.0.1", "WORKERS": "1"}
    portal = PortalProcess({**kept, **servers, **site, **environment}, log)
    try:
        yield portal
    finally:
        portal.kill()


@contextlib.contextmanager
def nginx_before(portals, folder):
    """Run nginx before some portals; yield its address."""
    port = free_port()
    servers = "".join(f"server {bind} max_fails=0;" for bind in portals)
    stores = "".join(
        f"{kind}_temp_path {folder}/{kind};" for kind in ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
    )
    site = f"server {{ listen 127.0.0.1:{port}; location / {{ proxy_pass http://portals; }} }}"
    (folder / "nginx.conf").write_text(
        f"daemon off; master_process off; pid {folder}/pid; events {{}}"
        f"http {{ access_log off; proxy_set_header Host 127.0.0.1; {stores} upstream portals {{ {servers} }} {site} }}"
    )
    command = [NGINX, "-p", folder, "-e", folder / "nginx-log", "-c", folder / "nginx.conf"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as nginx:
        try:
            wait_for(nginx, f"http://127.0.0.1:{port}/healthz", folder / "nginx-log")
            yield f"http://127.0.0.1:{port}"
        finally:
            nginx.terminate()


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]
