export interface CephCheck {
  severity: "HEALTH_WARN" | "HEALTH_ERR";
  message: string;
  count: number;
  details: string[];
  muted?: true;
}

/** A Ceph cluster on some of the nodes: what its status tells, and no more. */
export class CephCluster {
  fsid = "6d1c2f6a-1b1b-4b7e-9f3a-2f0f4a3d9c11";
  /** Nodes with a monitor; the first also runs the active manager. */
  monitors: string[];
  /** Monitors that take part. */
  quorum: string[];
  osds: { up: boolean; in: boolean }[];
  /** Placement groups by state. */
  pgs: Record<string, number> = { "active+clean": 129 };
  pools = 3;
  /** Bytes. */
  total = 6_000_000_000_000;
  used = 1_500_000_000_000;
  stored = 500_000_000_000;
  checks: Record<string, CephCheck> = {};
  /** Figures that only a busy cluster has, such as `degraded_objects`. */
  activity: Record<string, number> = {};

  constructor(monitors: readonly string[], osds = monitors.length * 2) {
    this.monitors = [...monitors];
    this.quorum = [...monitors];
    this.osds = Array.from({ length: osds }, () => ({ up: true, in: true }));
  }

  /** `status` of the monitors, with the health in detail and the maps of monitors and managers. */
  status(): Record<string, unknown> {
    const [active = "", ...standbys] = this.monitors;
    const states = Object.entries(this.pgs).map(([state_name, count]) => ({ state_name, count }));
    return {
      fsid: this.fsid,
      health: this.#health(),
      election_epoch: 12,
      quorum: this.quorum.map((name) => this.monitors.indexOf(name)),
      quorum_names: this.quorum,
      quorum_age: 86_400,
      monmap: {
        epoch: 3,
        fsid: this.fsid,
        min_mon_release_name: "squid",
        mons: this.monitors.map((name, rank) => ({ rank, name, addr: `192.0.2.${rank + 1}:6789/0` })),
      },
      mgrmap: { available: true, active_name: active, standbys: standbys.map((name) => ({ name })) },
      osdmap: {
        epoch: 120,
        num_osds: this.osds.length,
        num_up_osds: this.osds.filter(({ up }) => up).length,
        num_in_osds: this.osds.filter((osd) => osd.in).length,
        num_remapped_pgs: 0,
      },
      pgmap: {
        pgs_by_state: states,
        num_pgs: states.reduce((sum, { count }) => sum + count, 0),
        num_pools: this.pools,
        num_objects: 123_456,
        data_bytes: this.stored,
        bytes_used: this.used,
        bytes_avail: this.total - this.used,
        bytes_total: this.total,
        ...this.activity,
      },
      fsmap: { epoch: 1, by_rank: [], "up:standby": 0 },
      servicemap: { epoch: 1, services: {} },
      progress_events: {},
    };
  }

  #health(): Record<string, unknown> {
    const severities = Object.values(this.checks)
      .filter(({ muted }) => !muted)
      .map(({ severity }) => severity);
    const status = severities.includes("HEALTH_ERR") ? "HEALTH_ERR" : (severities[0] ?? "HEALTH_OK");
    const checks = Object.entries(this.checks).map(([code, { severity, message, count, details, muted }]) => [
      code,
      {
        severity,
        summary: { message, count },
        detail: details.map((line) => ({ message: line })),
        muted: muted === true,
      },
    ]);
    const mutes = Object.entries(this.checks).flatMap(([code, { muted }]) => (muted ? [{ code }] : []));
    return { status, checks: Object.fromEntries(checks), mutes };
  }
}
