#!/usr/bin/env bash
# Makes an installation image that needs nobody at the keyboard, with a key and a password of its own.
#   iso.sh SOURCE.iso FOLDER DISK      DISK as the installer calls it: vda (KVM), sda (Hyper-V)
# Runs on Debian with Proxmox's package repository, or on any Proxmox VE host, also in WSL 2.
set -euo pipefail

source_iso=${1:?the official ISO of Proxmox VE}
folder=${2:?a folder for the image, the key and the password}
disk=${3:?the disk to install to: vda or sda}
here=$(cd "$(dirname "$0")" && pwd)

for program in proxmox-auto-install-assistant xorriso openssl ssh-keygen; do
  command -v "$program" >/dev/null || { echo "$program is missing" >&2; exit 1; }
done

umask 077
mkdir -p "$folder"
[ -f "$folder/password" ] || openssl rand -hex 16 >"$folder/password"
[ -f "$folder/id_ed25519" ] || ssh-keygen -q -t ed25519 -N "" -C outer-lab -f "$folder/id_ed25519"

sed -e "s|@PASSWORD@|$(cat "$folder/password")|" \
  -e "s|@PUBLIC_KEY@|$(cat "$folder/id_ed25519.pub")|" \
  -e "s|@DISK@|$disk|" \
  "$here/answer.toml" >"$folder/answer.toml"

proxmox-auto-install-assistant validate-answer "$folder/answer.toml"
proxmox-auto-install-assistant prepare-iso "$source_iso" \
  --fetch-from iso --answer-file "$folder/answer.toml" --output "$folder/install.iso"
echo "made $folder/install.iso"
