"""Drives a lab with proxmoxer, an independent client, and prints one line of JSON for each step.

The environment says where the lab is: LAB_HOST, LAB_PORT, LAB_CERTIFICATE (a PEM file), LAB_USER, LAB_TOKEN_NAME,
LAB_TOKEN_VALUE, and LAB_POWERLESS_USER, LAB_POWERLESS_NAME, LAB_POWERLESS_VALUE for a token without rights.
"""

import io
import json
import os
import time

import requests
from proxmoxer import ProxmoxAPI
from proxmoxer.core import ResourceException

HOST = os.environ["LAB_HOST"]
PORT = int(os.environ["LAB_PORT"])
CERTIFICATE = os.environ["LAB_CERTIFICATE"]
PASSWORD = "a-long-password"
DISK_STORAGE = "local-lvm"
STEPS = []


def step(function):
    """Registers a step; its name is the function's, in words."""
    STEPS.append((function.__name__.replace("_", " "), function))
    return function


def connect(prefix="LAB", user="USER", name="TOKEN_NAME", value="TOKEN_VALUE"):
    return ProxmoxAPI(
        HOST,
        port=PORT,
        user=os.environ[f"{prefix}_{user}"],
        token_name=os.environ[f"{prefix}_{name}"],
        token_value=os.environ[f"{prefix}_{value}"],
        verify_ssl=CERTIFICATE,
    )


def log_in(user="tess@pve", password=PASSWORD):
    return ProxmoxAPI(HOST, port=PORT, user=user, password=password, verify_ssl=CERTIFICATE)


api = connect()
node = api.nodes("pve1")


def same(actual, expected):
    assert actual == expected, f"{actual!r} is not {expected!r}"


def refused(status, text, call):
    """The call has to be refused with that status and words."""
    try:
        call()
    except ResourceException as error:
        same(error.status_code, status)
        assert text in str(error), f"{error} does not say {text!r}"
        return
    raise AssertionError("was not refused")


def finish(upid, seconds=20):
    """Follows a task to its end and gives its exit status."""
    assert isinstance(upid, str) and upid.startswith("UPID:"), f"{upid!r} is no task"
    task = api.nodes(upid.split(":")[1]).tasks(upid)
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            status = task.status.get()
        except ResourceException as error:
            # Its log may not be there yet.
            assert error.status_code == 400, error
            status = {"status": "running"}
        if status["status"] == "stopped":
            return status["exitstatus"]
        time.sleep(0.02)
    raise AssertionError(f"{upid} did not end")


def done(upid):
    same(finish(upid), "OK")


# Inventory


@step
def reads_the_version():
    version = api.version.get()
    assert version["version"].startswith(version["release"]), version


@step
def lists_nodes():
    nodes = api.nodes.get()
    same([entry["node"] for entry in nodes], ["pve1"])
    same(nodes[0]["status"], "online")
    assert node.status.get()["memory"]["total"] > 0


@step
def lists_virtual_machines():
    by_node = {entry["vmid"] for entry in node.qemu.get()}
    by_cluster = {entry["vmid"] for entry in api.cluster.resources.get(type="vm") if entry["type"] == "qemu"}
    assert by_node and by_node == by_cluster, (by_node, by_cluster)


@step
def lists_containers():
    same([entry["vmid"] for entry in node.lxc.get()], [103])
    same(node.lxc(103).config.get()["hostname"], "dns01")


@step
def lists_storages_and_volumes():
    storages = {entry["storage"]: entry for entry in node.storage.get()}
    assert {"local", DISK_STORAGE} <= set(storages), storages
    volumes = node.storage("local").content.get(content="iso")
    assert all(volume["volid"].startswith("local:iso/") for volume in volumes) and volumes, volumes


@step
def reads_cluster_status():
    assert any(entry["type"] == "node" for entry in api.cluster.status.get())
    assert int(api.cluster.nextid.get()) >= 100


# Rights


@step
def sees_nothing_without_rights():
    powerless = connect("LAB_POWERLESS", "USER", "NAME", "VALUE")
    same(powerless.cluster.resources.get(type="vm"), [])
    refused(403, "Permission check failed", lambda: powerless.nodes("pve1").qemu(102).status.start.post())


@step
def is_refused_with_a_wrong_secret():
    wrong = ProxmoxAPI(
        HOST,
        port=PORT,
        user="root@pam",
        token_name=os.environ["LAB_TOKEN_NAME"],
        token_value="00000000-0000-0000-0000-000000000000",
        verify_ssl=CERTIFICATE,
    )
    refused(401, "Authentication failed!", wrong.version.get)


@step
def is_refused_with_a_wrong_parameter():
    refused(400, "Parameter verification failed", lambda: node.qemu(102).config.put(cores="many"))


@step
def is_told_of_a_missing_machine():
    refused(500, "does not exist", node.qemu(999).config.get)


# A machine that is there


@step
def starts_and_stops_a_machine():
    machine = node.qemu(102)
    same(machine.status.current.get()["status"], "stopped")
    done(machine.status.start.post())
    same(machine.status.current.get()["status"], "running")
    done(machine.status.stop.post())
    same(machine.status.current.get()["status"], "stopped")


@step
def sees_why_a_start_failed():
    upid = node.qemu(101).status.start.post()
    exit_status = finish(upid)
    assert "does not exist" in exit_status, exit_status
    log = node.tasks(upid).log.get(limit=0)
    assert any(exit_status in line["t"] for line in log), log


@step
def finds_its_tasks():
    upid = node.qemu(102).status.start.post()
    done(upid)
    done(node.qemu(102).status.stop.post())
    tasks = node.tasks.get(vmid=102, limit=50)
    assert upid in [task["upid"] for task in tasks], tasks


@step
def changes_a_configuration():
    config = node.qemu(102).config
    digest = config.get()["digest"]
    config.put(description="seen by proxmoxer", digest=digest)
    same(config.get()["description"], "seen by proxmoxer")
    refused(500, "checksum mismatch", lambda: config.put(description="late", digest=digest))
    config.put(delete="description")
    assert "description" not in config.get()


# A machine of its own


@step
def creates_a_machine():
    done(
        node.qemu.create(
            vmid=900,
            name="made-by-proxmoxer",
            memory=512,
            cores=1,
            scsihw="virtio-scsi-single",
            scsi0=f"{DISK_STORAGE}:4",
            net0="virtio,bridge=vmbr0",
            ostype="l26",
        )
    )
    config = node.qemu(900).config.get()
    same(config["name"], "made-by-proxmoxer")
    assert config["scsi0"].startswith(f"{DISK_STORAGE}:vm-900-disk-0"), config
    refused(500, "already exists", lambda: node.qemu.create(vmid=900))


@step
def grows_its_disk():
    done(node.qemu(900).resize.put(disk="scsi0", size="+1G"))
    assert "size=5G" in node.qemu(900).config.get()["scsi0"]


@step
def takes_rolls_back_and_deletes_a_snapshot():
    snapshots = node.qemu(900).snapshot
    done(snapshots.post(snapname="one", description="first"))
    same({entry["name"] for entry in snapshots.get()}, {"one", "current"})
    done(snapshots("one").rollback.post())
    done(snapshots("one").delete())
    same([entry["name"] for entry in snapshots.get()], ["current"])


@step
def clones_it():
    done(node.qemu(900).clone.post(newid=901, name="clone-by-proxmoxer", full=1))
    same(node.qemu(901).config.get()["name"], "clone-by-proxmoxer")


@step
def backs_it_up_and_removes_the_backup():
    done(node.vzdump.post(vmid=900, storage="local", mode="stop", compress="zstd"))
    backups = node.storage("local").content.get(content="backup", vmid=900)
    same(len(backups), 1)
    done(node.storage("local").content(backups[0]["volid"]).delete())
    same(node.storage("local").content.get(content="backup", vmid=900), [])


@step
def destroys_both():
    for vmid in (901, 900):
        done(node.qemu(vmid).delete(purge=1))
        refused(500, "does not exist", node.qemu(vmid).config.get)


@step
def creates_and_destroys_a_container():
    template = next(volume["volid"] for volume in node.storage("local").content.get(content="vztmpl"))
    done(node.lxc.create(vmid=910, ostemplate=template, hostname="box", rootfs=f"{DISK_STORAGE}:2", memory=256))
    done(node.lxc(910).status.start.post())
    same(node.lxc(910).status.current.get()["status"], "running")
    done(node.lxc(910).status.stop.post())
    done(node.lxc(910).delete())


# Guest agent


@step
def asks_the_guest_agent():
    agent = node.qemu(100).agent
    agent.ping.post()
    interfaces = agent("network-get-interfaces").get()["result"]
    assert any(interface["name"] == "lo" for interface in interfaces), interfaces


@step
def runs_a_command_in_a_guest():
    agent = node.qemu(100).agent
    pid = agent("exec").post(command=["/bin/echo", "hello"])["pid"]
    end = time.monotonic() + 10
    while time.monotonic() < end:
        status = agent("exec-status").get(pid=pid)
        if status["exited"]:
            same(status["exitcode"], 0)
            same(status["out-data"], "hello\n")
            return
        time.sleep(0.02)
    raise AssertionError("the command did not end")


@step
def is_told_that_no_agent_runs():
    refused(500, "not running", node.qemu(102).agent.ping.post)


# Pools and files


@step
def keeps_a_pool():
    api.pools.create(poolid="team", comment="by proxmoxer")
    api.pools("team").put(vms="102")
    same([member["vmid"] for member in api.pools("team").get()["members"]], [102])
    api.pools("team").put(vms="102", delete=1)
    api.pools("team").delete()
    refused(500, "does not exist", api.pools("team").get)


@step
def uploads_an_image():
    image = io.BytesIO(b"\0" * 4096)
    image.name = "tiny.iso"
    done(node.storage("local").upload.post(content="iso", filename=image))
    volumes = {volume["volid"]: volume for volume in node.storage("local").content.get(content="iso")}
    same(volumes["local:iso/tiny.iso"]["size"], 4096)
    done(node.storage("local").content("iso/tiny.iso").delete())


# Tickets


@step
def adds_a_user_with_rights():
    api.access.users.create(userid="tess@pve", password=PASSWORD, comment="by proxmoxer")
    api.access.acl.put(path="/", users="tess@pve", roles="PVEAdmin")
    same(api.access.users("tess@pve").get()["comment"], "by proxmoxer")


@step
def logs_in_with_a_password():
    session = log_in()
    ticket, csrf = session.get_tokens()
    assert ticket.startswith("PVE:tess@pve:") and ":" in csrf, (ticket, csrf)
    assert session.version.get()["version"]


@step
def writes_with_a_ticket():
    session = log_in()
    session.pools.create(poolid="by-ticket")
    session.pools("by-ticket").delete()
    upid = session.nodes("pve1").qemu(102).status.start.post()
    done(upid)
    assert ":tess@pve:" in upid, upid
    done(node.qemu(102).status.stop.post())


@step
def renews_a_ticket_with_a_ticket():
    ticket, _ = log_in().get_tokens()
    assert log_in(password=ticket).version.get()["version"]


@step
def needs_the_second_token_to_write():
    ticket, _ = log_in().get_tokens()
    answer = requests.post(
        f"https://{HOST}:{PORT}/api2/json/pools",
        data={"poolid": "forged"},
        cookies={"PVEAuthCookie": ticket},
        verify=CERTIFICATE,
        timeout=10,
    )
    same((answer.status_code, answer.reason), (401, "Permission denied - invalid csrf token"))


@step
def is_refused_with_a_wrong_password():
    try:
        log_in(password="wrong-password")
    except Exception as error:
        assert type(error).__name__ == "AuthenticationError", error
        return
    raise AssertionError("was let in")


@step
def makes_and_uses_a_token():
    made = api.access.users("tess@pve").token("robot").post(privsep=0)
    same(made["full-tokenid"], "tess@pve!robot")
    robot = ProxmoxAPI(
        HOST, port=PORT, user="tess@pve", token_name="robot", token_value=made["value"], verify_ssl=CERTIFICATE
    )
    assert robot.version.get()["version"]
    api.access.users("tess@pve").token("robot").delete()
    refused(401, "Authentication failed!", robot.version.get)


@step
def removes_the_user():
    api.access.users("tess@pve").delete()
    refused(500, "no such user", api.access.users("tess@pve").get)


def main():
    for name, function in STEPS:
        try:
            function()
            print(json.dumps({"step": name, "ok": True}), flush=True)
        except Exception as error:
            text = f"{type(error).__name__}: {error}"
            print(json.dumps({"step": name, "ok": False, "error": text}), flush=True)


main()
