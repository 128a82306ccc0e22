"""What a script with docker-py does: run, exec with and without a stream, logs, archives, events, errors."""
import io
import sys
import tarfile

import docker

client = docker.from_env(timeout=30)
print(client.ping(), client.version()["ApiVersion"])
print(client.containers.run("bb:test", ["echo", "hello"], network_mode="none", remove=True))
try:
    client.containers.run("bb:test", ["sh", "-c", "echo no >&2; exit 3"], network_mode="none", remove=True)
except docker.errors.ContainerError as error:
    print(error.exit_status, error.stderr)
container = client.containers.run("bb:test", ["sleep", "60"], detach=True, name="py-one", network_mode="none", labels={"a": "b"})
try:
    print(container.exec_run(["sh", "-c", "echo out; echo err >&2; exit 4"], demux=True))
    print(b"".join(container.exec_run(["echo", "streamed"], stream=True).output))
    socket = client.api.exec_start(client.api.exec_create(container.id, ["cat"], stdin=True)["Id"], socket=True)
    socket._sock.sendall(b"through the socket\n")
    socket._sock.shutdown(1)
    print(b"through the socket" in b"".join(iter(lambda: socket._sock.recv(4096), b"")))
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode="w") as tar:
        info = tarfile.TarInfo("put.txt")
        info.size = 5
        tar.addfile(info, io.BytesIO(b"hello"))
    print(container.put_archive("/tmp", data.getvalue()))
    chunks, stat = container.get_archive("/tmp/put.txt")
    print(len(b"".join(chunks)), stat["name"], stat["size"])
    print([c.name for c in client.containers.list(filters={"label": "a=b"})])
    print(sorted(container.stats(stream=False))[:3])
    container.stop(timeout=0)
    print(container.wait()["StatusCode"], container.logs())
finally:
    container.remove(force=True)
try:
    client.containers.get("py-one")
except docker.errors.NotFound as error:
    print(error.explanation)
volume = client.volumes.create("py-volume", labels={"a": "b"})
print(volume.name, volume.attrs["Labels"])
volume.remove()
sys.exit(7)
