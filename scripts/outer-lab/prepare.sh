#!/usr/bin/env bash
# Runs on the new node, as root: puts there what `npm run test:live` can use. May be run again.
#   prepare.sh [TEMPLATE_VMID]
# Prints the secret of the API token as its last line, and nothing else on stdout.
set -euo pipefail

# As a function, so that the whole is read before anything runs: it comes by stdin.
main() {
  template=${1:-9000}
  image=https://cloud.debian.org/images/cloud/trixie/latest/debian-13-genericcloud-amd64.qcow2
  exec 3>&1 1>&2

  # Without a subscription the enterprise repositories refuse.
  rm -f /etc/apt/sources.list.d/pve-enterprise.sources /etc/apt/sources.list.d/ceph.sources

  pvesm set local --content iso,vztmpl,backup,snippets,import

  if ! pveam list local | grep -q vztmpl; then
    pveam update
    name=$(pveam available --section system | awk '$2 ~ /^debian-1[0-9]-standard/ { print $2 }' | sort -V | tail -n 1)
    pveam download local "$name"
  fi

  if ! qm config "$template" >/dev/null 2>&1; then
    mkdir -p /var/lib/vz/snippets
    printf '%s\n' '#cloud-config' 'package_update: true' 'packages: [qemu-guest-agent]' \
      'runcmd: [[systemctl, start, qemu-guest-agent]]' >/var/lib/vz/snippets/outer-lab-agent.yaml
    wget -nv -O /var/tmp/outer-lab.qcow2 "$image"
    qm create "$template" --name mcp-live-template --tags mcp-live --ostype l26 --memory 1024 --cores 1 \
      --net0 virtio,bridge=vmbr0 --serial0 socket --agent 1 --scsihw virtio-scsi-single \
      --scsi0 local-lvm:0,import-from=/var/tmp/outer-lab.qcow2 --boot order=scsi0 \
      --ide2 local-lvm:cloudinit --ipconfig0 ip=dhcp --cicustom vendor=local:snippets/outer-lab-agent.yaml
    rm -f /var/tmp/outer-lab.qcow2
    qm start "$template"
    for _ in $(seq 120); do
      if qm agent "$template" ping >/dev/null 2>&1; then break; fi
      sleep 5
    done
    qm agent "$template" ping
    qm shutdown "$template" --timeout 120
    qm template "$template"
  fi

  # A token's secret is shown once: an old one goes.
  pveum user token remove root@pam live >/dev/null 2>&1 || true
  pveum user token add root@pam live --privsep 0 --output-format json |
    sed -n 's/.*"value" *: *"\([^"]*\)".*/\1/p' >&3
}

main "$@" </dev/null
