import { cluster, type PromptDefinition, steps } from "./prompt.ts";

export const backupAudit: PromptDefinition = {
  name: "backup-audit",
  title: "Audit the backups",
  description: "Which guests could be restored today, from when, and which could not; reads only.",
  arguments: {
    maxAgeDays: { kind: "days", description: "Oldest acceptable backup, in days (default 2)" },
    storage: { kind: "storage", description: "Only this backup storage" },
    cluster,
  },
  text: ({ maxAgeDays = "2", ...given }) =>
    steps("Audit the backups of this Proxmox VE installation. Read only.", { ...given, maxAgeDays }, [
      "proxmox_backup_jobs: jobs that are disabled, without retention or on a full storage, and the guests that no job covers.",
      `proxmox_task_list with type vzdump and since ${Number(maxAgeDays) * 2}d: what failed; proxmox_task_get shows why. A job that ran is not a guest that was saved.`,
      "proxmox_storage_list: where content has backup, is there room for the next run?",
      "What is really there: for each such storage proxmox_api_call GET /nodes/{node}/storage/{storage}/content with params content=backup and fields volid, vmid, ctime, size. The newest for each vmid counts.",
      `Compare with proxmox_vm_list and proxmox_lxc_list: guest, newest backup, its age, in which job, verdict. Older than ${maxAgeDays} days, none at all, or much smaller than the one before is a finding.`,
      "Report findings worst first, then what is well; say what the token could not see. A backup that was never restored is a hope: suggest one to try.",
      "Propose changes to jobs as dryRuns. Ask before proxmox_backup_start (it loads node and storage), and never delete or prune a backup unless the person names it.",
    ]),
};
