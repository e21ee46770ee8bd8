const N = "/nodes/{node}";
const Q = `${N}/qemu/{vmid}`;
const L = `${N}/lxc/{vmid}`;
const S = `${N}/storage/{storage}`;

/**
 * What operators ask, written by somebody who knew the operations' paths alone. The first run found 68 of these 80 among the
 * first five; the words that operators use (codegen/search-words.json) came after that.
 */
export const blindQuestions: readonly (readonly [question: string, ...operations: string[]])[] = [
  // virtual machines
  ["windows vm hangs, pull the plug", `POST ${Q}/status/stop`],
  ["press the reset button on a frozen vm", `POST ${Q}/status/reset`],
  ["qm shutdown 104", `POST ${Q}/status/shutdown`],
  ["give vm 120 more ram", `PUT ${Q}/config`, `POST ${Q}/config`],
  ["grow disk scsi0 by 20G", `PUT ${Q}/resize`],
  ["move vm disk from local-lvm to nfs", `POST ${Q}/move_disk`],
  ["live migrate vm to other host", `POST ${Q}/migrate`],
  ["can i even migrate this vm, whats blocking it", `GET ${Q}/migrate`],
  ["qm destroy", `DELETE ${Q}`],
  ["deploy new vm from my template", `POST ${Q}/clone`],
  ["make vm into golden image", `POST ${Q}/template`],
  ["what ip address did the vm get", `GET ${Q}/agent/network-get-interfaces`],
  ["run a shell command inside the guest", `POST ${Q}/agent/exec`],
  ["reset forgotten root password in vm via guest agent", `POST ${Q}/agent/set-user-password`],
  ["is qemu-guest-agent responding", `POST ${Q}/agent/ping`, `GET ${Q}/agent/info`],
  ["send ctrl-alt-del to a vm", `PUT ${Q}/sendkey`],
  ["regenerate cloudinit drive", `PUT ${Q}/cloudinit`],
  ["revert vm to snapshot before the upgrade", `POST ${Q}/snapshot/{snapname}/rollback`],
  ["vm says locked (backup), qm unlock", `PUT ${Q}/config`, `POST ${Q}/config`],
  ["config changes that only apply after reboot of the vm", `GET ${Q}/pending`],
  ["next free vmid", "GET /cluster/nextid"],
  ["trim the vm disks to reclaim thin space", `POST ${Q}/agent/fstrim`],
  ["open a noVNC console to vm", `POST ${Q}/vncproxy`],
  ["move vm to a different cluster", `POST ${Q}/remote_migrate`],
  ["mount an iso in the vm cdrom", `PUT ${Q}/config`, `POST ${Q}/config`],
  // containers
  ["pct create debian 12 contaner", `POST ${N}/lxc`],
  ["restart lxc 200", `POST ${L}/status/reboot`],
  ["container rootfs full, make it bigger", `PUT ${L}/resize`],
  ["ip adresses of a running container", `GET ${L}/interfaces`],
  ["take snapshot of ct 105", `POST ${L}/snapshot`],
  ["which container templates can i download (pveam available)", `GET ${N}/aplinfo`],
  ["pveam download", `POST ${N}/aplinfo`],
  ["add a bind mount to a container", `PUT ${L}/config`],
  // storage and disks
  ["add nfs share as storage", "POST /storage"],
  ["what exports does the nfs server have", `GET ${N}/scan/nfs`],
  ["how full is local-lvm", `GET ${S}/status`, `GET ${N}/storage`, "GET /cluster/resources"],
  ["download ubuntu iso from url onto storage", `POST ${S}/download-url`],
  ["list isos on local", `GET ${S}/content`],
  ["zpool degraded, which disk is it", `GET ${N}/disks/zfs/{name}`, `GET ${N}/disks/zfs`],
  ["ssd wearout", `GET ${N}/disks/list`, `GET ${N}/disks/smart`],
  ["clean an old disk so i can reuse it", `PUT ${N}/disks/wipedisk`],
  ["create raidz on 4 disks", `POST ${N}/disks/zfs`],
  // backup
  ["back up vm 100 right now", `POST ${N}/vzdump`],
  ["nightly backup schedule for all guests", "POST /cluster/backup"],
  ["guests without any backup job", "GET /cluster/backup-info/not-backed-up"],
  ["delete old backups, keep last 3", `DELETE ${S}/prunebackups`],
  ["restore vm from vzdump archive", `POST ${N}/qemu`],
  ["get a single file out of a pbs backup", `GET ${S}/file-restore/download`, `GET ${S}/file-restore/list`],
  ["protect a backup from being pruned", `PUT ${S}/content/{volume}`],
  // node network
  ["new linux bridge vmbr1", `POST ${N}/network`],
  ["apply pending network changes ifreload", `PUT ${N}/network`],
  ["change dns resolver on host", `PUT ${N}/dns`],
  // firewall
  ["open port 443 for one vm", `POST ${Q}/firewall/rules`],
  ["enable firewall for whole datacenter", "PUT /cluster/firewall/options"],
  ["dropped packets, where do i see blocked traffic on the node", `GET ${N}/firewall/log`],
  [
    "put an ip on the blacklist ipset",
    "POST /cluster/firewall/ipset/{name}",
    `POST ${Q}/firewall/ipset/{name}`,
    `POST ${L}/firewall/ipset/{name}`,
  ],
  // HA and cluster
  ["make vm highly available", "POST /cluster/ha/resources"],
  ["keep these two vms on separate nodes (anti affinity)", "POST /cluster/ha/rules"],
  ["do we have quorum", "GET /cluster/status", "GET /cluster/ha/status/current"],
  ["pvecm delnode dead node", "DELETE /cluster/config/nodes/{node}"],
  [
    "evacuate node before maintenance, move everything off",
    `POST ${N}/migrateall`,
    "POST /cluster/bulk-action/guest/migrate",
  ],
  ["replicate vm to second node every 15 min", "POST /cluster/replication"],
  // Ceph
  ["ceph HEALTH_WARN why", "GET /cluster/ceph/status", `GET ${N}/ceph/status`],
  ["set noout before rebooting", "PUT /cluster/ceph/flags/{flag}", "PUT /cluster/ceph/flags"],
  ["replace failed osd, remove it", `DELETE ${N}/ceph/osd/{osdid}`, `POST ${N}/ceph/osd/{osdid}/out`],
  // SDN
  ["create vxlan zone", "POST /cluster/sdn/zones"],
  ["sdn changes not active, apply them", "PUT /cluster/sdn"],
  // users and access
  ["let bob only see vm 100, permisions", "PUT /access/acl"],
  ["api token for terraform", "POST /access/users/{userid}/token/{tokenid}"],
  ["user lost his phone, remove 2fa", "DELETE /access/tfa/{userid}/{id}", "PUT /access/users/{userid}/unlock-tfa"],
  ["connect active directory login", "POST /access/domains"],
  // certificates, updates, notifications
  ["browser warns about cert, upload my own ssl", `POST ${N}/certificates/custom`],
  ["renew letsencrypt", `PUT ${N}/certificates/acme/certificate`],
  ["pending updates / apt list --upgradable", `GET ${N}/apt/update`],
  ["switch to no-subscription repo", `PUT ${N}/apt/repositories`, `POST ${N}/apt/repositories`],
  ["mail alerts through office365 smtp", "POST /cluster/notifications/endpoints/smtp"],
  // tasks, hardware, host
  [
    "why did last nights job fail, show its output",
    `GET ${N}/tasks/{upid}/log`,
    `GET ${N}/tasks`,
    "GET /cluster/tasks",
  ],
  ["kill a stuck task", `DELETE ${N}/tasks/{upid}`],
  ["which gpus can i pass through", `GET ${N}/hardware/pci`],
  ["web gui not loading, restart pveproxy", `POST ${N}/services/{service}/restart`],
];
