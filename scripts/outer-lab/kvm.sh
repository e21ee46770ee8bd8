#!/usr/bin/env bash
# A throw-away Proxmox VE in QEMU/KVM, reachable from this machine only.
#   kvm.sh up SOURCE.iso     makes, installs, starts and prepares it (a quarter of an hour)
#   kvm.sh start | stop      starts it again, shuts it down
#   kvm.sh destroy           removes it with all that belongs to it
# Its folder is OUTER_LAB (~/.cache/proxmox-mcp/outer-lab); its ports are 127.0.0.1:18006 and 127.0.0.1:10022.
set -euo pipefail

folder=${OUTER_LAB:-$HOME/.cache/proxmox-mcp/outer-lab}
memory=${OUTER_LAB_MEMORY:-8192}
cores=${OUTER_LAB_CORES:-4}
here=$(cd "$(dirname "$0")" && pwd)
disk=$folder/disk.qcow2
pid_file=$folder/pid

machine() {
  # The host's own processor: the guests inside want virtualization too.
  qemu-system-x86_64 -enable-kvm -machine q35 -cpu host -smp "$cores" -m "$memory" \
    -drive "file=$disk,if=virtio,discard=unmap" \
    -netdev user,id=net0,hostfwd=tcp:127.0.0.1:18006-:8006,hostfwd=tcp:127.0.0.1:10022-:22 \
    -device virtio-net-pci,netdev=net0 -display "${OUTER_LAB_DISPLAY:-none}" -serial "file:$folder/serial.log" "$@"
}

is_running() {
  [ -f "$pid_file" ] && kill -0 "$(cat "$pid_file")" 2>/dev/null
}

start() {
  is_running && return
  machine -daemonize -pidfile "$pid_file"
  echo "waiting for SSH"
  for _ in $(seq 120); do
    if ssh-keyscan -T 3 -p 10022 127.0.0.1 2>/dev/null | grep -q ssh; then return; fi
    sleep 5
  done
  echo "the node does not answer; see $folder/serial.log" >&2
  exit 1
}

case ${1:-} in
  up)
    for module in kvm_intel kvm_amd; do
      nested=/sys/module/$module/parameters/nested
      if [ -r "$nested" ] && ! grep -q '[1Y]' "$nested"; then
        echo "nested virtualization is off: modprobe -r $module && modprobe $module nested=1" >&2
        exit 1
      fi
    done
    [ ! -e "$disk" ] || { echo "$disk is there: destroy it first" >&2; exit 1; }
    "$here/iso.sh" "${2:?the official ISO of Proxmox VE}" "$folder" vda
    qemu-img create -q -f qcow2 "$disk" 64G
    echo "installing"
    # The installer ends with a reboot, which ends the machine.
    machine -cdrom "$folder/install.iso" -boot d -no-reboot
    start
    "$here/environment.sh" "$folder" 127.0.0.1 10022 18006
    echo "now: . $folder/env && npm run test:live"
    ;;
  start) start ;;
  stop)
    ssh -i "$folder/id_ed25519" -p 10022 -o UserKnownHostsFile="$folder/known_hosts" root@127.0.0.1 poweroff || true
    ;;
  destroy)
    if is_running; then kill "$(cat "$pid_file")"; fi
    for name in disk.qcow2 install.iso answer.toml password id_ed25519 id_ed25519.pub known_hosts token env pid serial.log; do
      rm -f "$folder/$name"
    done
    rmdir "$folder"
    ;;
  *)
    sed -n '2,6s/^# //p' "$0" >&2
    exit 2
    ;;
esac
