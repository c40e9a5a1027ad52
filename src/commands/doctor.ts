import * as Flags from '@oclif/core/flags';
import { BaseCommand } from './base.js';
import { exitCodes } from './refusal.js';
import { standing } from './terminal.js';
import type { DoctorReport, Finding } from './doctor-report.js';

export default class Doctor extends BaseCommand {
  static override readonly summary =
    'Look after your installation and your history, and offer repairs.';
  static override readonly description =
    'Nothing is changed unless you say --repair, and nothing that can be read is ever removed. Exit code: 0 all is well, 1 there is a problem.';
  static override readonly examples = [
    '<%= config.bin %> doctor',
    '<%= config.bin %> doctor --repair',
    '<%= config.bin %> doctor --json',
  ];
  static override readonly strict = false;
  static override readonly usage = 'doctor [--repair] [--json]';
  static override readonly flags = {
    repair: Flags.boolean({ description: 'make the repairs that are proposed' }),
  };

  async run(): Promise<DoctorReport> {
    const { argv, flags } = await this.parse(Doctor);
    this.refuseArguments(argv);
    const repaired = flags.repair ? await this.#repair() : [];
    const findings = await this.#findings();
    const healthy = findings.every(({ level }) => level !== 'problem');
    const report: DoctorReport = { version: 1, healthy, findings, repaired };
    const { doctorText } = await import('../ui/doctor-text.js');
    this.print((page) => doctorText(report, page));
    this.endWith(healthy ? exitCodes.passed : exitCodes.failed);
    return report;
  }

  async #logs(): Promise<{ workspace: string | undefined; logs: (readonly [string, string])[] }> {
    const [{ logPaths }, { findWorkspace }] = await Promise.all([
      import('./journal.js'),
      import('../kata/index.js'),
    ]);
    const workspace = findWorkspace(standing());
    const { home, written } = logPaths(workspace, process.env);
    const inWorkspace = written === home ? [] : [['workspace-log', written] as const];
    return { workspace, logs: [['data-log', home], ...inWorkspace] };
  }

  async #findings(): Promise<Finding[]> {
    const report = await import('./doctor-report.js');
    const [{ readLog }, { leftFolders }, { kernelsInUse }] = await Promise.all([
      import('../store/index.js'),
      import('../kata/host/index.js'),
      import('../engine/index.js'),
    ]);
    const { workspace, logs } = await this.#logs();
    const kernels = kernelsInUse();
    return [
      report.nodeFinding(process.versions.node),
      report.finding('bptt', 'good', `Version ${this.config.version}, in ${this.config.root}.`),
      report.finding('kernels', 'good', `${kernels.name} (${kernels.why}).`),
      report.containmentFinding(
        process.allowedNodeEnvironmentFlags,
        process.platform,
        process.versions.node,
      ),
      workspace === undefined
        ? report.finding('workspace', 'note', 'None here.', 'bptt init DIR makes one.')
        : report.finding('workspace', 'good', `${workspace}.`),
      ...logs.flatMap(([id, file]) => report.logFindings(id, file, readLog(file))),
      report.leftFinding(leftFolders()),
    ];
  }

  async #repair(): Promise<string[]> {
    const [{ repair }, { leftFolders, removeFolders }] = await Promise.all([
      import('../store/index.js'),
      import('../kata/host/index.js'),
    ]);
    const { logs } = await this.#logs();
    const done: string[] = [];
    for (const [, file] of logs) {
      const result = repair(file);
      if (result.kind === 'failed') this.warning(result.says);
      if (result.kind === 'repaired')
        done.push(
          `${file}: ${result.lines} ${result.lines === 1 ? 'line' : 'lines'} moved to ${result.side}; the log as it was is ${result.backup}.`,
        );
    }
    const removed = removeFolders(leftFolders());
    if (removed.length > 0) done.push(`${removed.length} left folders removed.`);
    return done;
  }
}
