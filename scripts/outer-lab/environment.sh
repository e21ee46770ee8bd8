#!/usr/bin/env bash
# Prepares the new node over SSH and writes FOLDER/env, to be sourced before `npm run test:live`.
#   environment.sh FOLDER ADDRESS [SSH_PORT] [API_PORT]
set -euo pipefail

folder=${1:?the folder with id_ed25519}
address=${2:?the address of the node}
ssh_port=${3:-22}
api_port=${4:-8006}
here=$(cd "$(dirname "$0")" && pwd)
folder=$(cd "$folder" && pwd)
template=9000

umask 077
# The first key that is seen is believed: the node was made a moment ago, on this machine.
ssh-keyscan -T 10 -t ed25519 -p "$ssh_port" "$address" >"$folder/known_hosts" 2>/dev/null
on_node() {
  ssh -i "$folder/id_ed25519" -p "$ssh_port" -o UserKnownHostsFile="$folder/known_hosts" -o StrictHostKeyChecking=yes \
    -o BatchMode=yes "root@$address" "$@"
}

on_node "bash -s $template" <"$here/prepare.sh" >"$folder/token"
[ -s "$folder/token" ] || { echo "the node gave no token" >&2; exit 1; }
node=$(on_node hostname)
fingerprint=$(on_node openssl x509 -in /etc/pve/local/pve-ssl.pem -noout -fingerprint -sha256 | sed 's/.*=//')
host_key=$(ssh-keygen -lf "$folder/known_hosts" | awk '{ print $2 }')

cat >"$folder/env" <<END
export ENABLE_LIVE_PROXMOX_TESTS=1
export PROXMOX_HOST=$address:$api_port
export PROXMOX_TLS_FINGERPRINT=$fingerprint
export PROXMOX_API_TOKEN_USER=root PROXMOX_API_TOKEN_REALM=pam PROXMOX_API_TOKEN_ID=live
export PROXMOX_API_TOKEN_SECRET_FILE='$folder/token'
export PROXMOX_SHELL_SSH_USERNAME=root
export PROXMOX_SHELL_SSH_PRIVATE_KEY_PATH='$folder/id_ed25519'
export PROXMOX_SHELL_SSH_EXPECTED_HOST_KEY='$node=$host_key'
export PROXMOX_SHELL_SSH_HOSTS=$node=$address:$ssh_port
export PROXMOX_LIVE_STORAGE=local-lvm
export PROXMOX_LIVE_TEMPLATE=$template
export PROXMOX_LIVE_NODE_COMMANDS=1
export PROXMOX_LIVE_DOWNLOAD_URL=https://boot.ipxe.org/ipxe.iso
END
echo "made $folder/env"
