/** The rows of the quality table that apply now, in its order. */
import type { Row } from './row.ts';

/** A row that is loaded when it is its turn: most of what one needs the others never do. */
export interface Listed {
  readonly id: string;
  /** True when its verdict hangs on how long something took: then nothing else may run beside it. */
  readonly measures: boolean;
  load(): Promise<Row>;
}

const measuring = (id: string, load: Listed['load']): Listed => ({ id, measures: true, load });
/** Only counts what became of things. */
const counting = (id: string, load: Listed['load']): Listed => ({ id, measures: false, load });

export const rows: readonly Listed[] = [
  measuring('P1', async () => (await import('./p1-answers.ts')).p1),
  measuring('P1-SLACK', async () => (await import('./p1-slack.ts')).p1Slack),
  measuring('P1-TEAMS', async () => (await import('./p1-teams.ts')).p1Teams),
  measuring('P2', async () => (await import('./p2-sweep.ts')).p2),
  measuring('P3', async () => (await import('./p3-enqueue.ts')).p3),
  measuring('P4', async () => (await import('./p4-drain.ts')).p4),
  measuring('P5', async () => (await import('./p5-lag.ts')).p5),
  measuring('P6', async () => (await import('./p6-cadences.ts')).p6),
  measuring('P7', async () => (await import('./p7-pace.ts')).p7),
  measuring('P8', async () => (await import('./p8-event-loop.ts')).p8),
  measuring('P9', async () => (await import('./p9-start-memory.ts')).p9),
  measuring('P10', async () => (await import('./p10-backlog.ts')).p10),
  measuring('P11', async () => (await import('./p11-carry.ts')).p11),
  measuring('P12', async () => (await import('./p12-sixty-days.ts')).p12),
  measuring('P13', async () => (await import('./p13-digest.ts')).p13),
  measuring('P14', async () => (await import('./p14-redraw.ts')).p14),
  counting('R1', async () => (await import('./r1-kill.ts')).r1),
  counting('R1-SLACK', async () => (await import('./r1-slack.ts')).r1Slack),
  counting('R1-TEAMS', async () => (await import('./r1-teams.ts')).r1Teams),
  counting('R2', async () => (await import('./r2-lying-answers.ts')).r2),
  counting('R2-SLACK', async () => (await import('./r2-slack.ts')).r2Slack),
  counting('R2-TEAMS', async () => (await import('./r2-teams.ts')).r2Teams),
  measuring('R3', async () => (await import('./r3-storm.ts')).r3),
  measuring('R3-SLACK', async () => (await import('./r3-slack.ts')).r3Slack),
  measuring('R3-TEAMS', async () => (await import('./r3-teams.ts')).r3Teams),
  counting('R4', async () => (await import('./r4-same-instant.ts')).r4),
  counting('R4-SLACK', async () => (await import('./r4-slack.ts')).r4Slack),
  counting('R4-TEAMS', async () => (await import('./r4-teams.ts')).r4Teams),
  counting('R5', async () => (await import('./r5-kill-between.ts')).r5),
  counting('R5-SLACK', async () => (await import('./r5-slack.ts')).r5Slack),
  counting('R5-TEAMS', async () => (await import('./r5-teams.ts')).r5Teams),
  counting('R6', async () => (await import('./r6-every-zone.ts')).r6),
  counting('R7', async () => (await import('./r7-stopped.ts')).r7),
  measuring('R8', async () => (await import('./r8-second-process.ts')).r8),
  measuring('R9', async () => (await import('./r9-database-trouble.ts')).r9),
  counting('R10', async () => (await import('./r10-whole-bot.ts')).r10),
  counting('R11', async () => (await import('./r11-poison.ts')).r11),
  counting('R12', async () => (await import('./r12-kill-migration.ts')).r12),
  counting('R13', async () => (await import('./r13-backup.ts')).r13),
  measuring('S1', async () => (await import('./s1-fuzz.ts')).s1),
  measuring('S1-SLACK', async () => (await import('./s1-slack.ts')).s1Slack),
  measuring('S1-TEAMS', async () => (await import('./s1-teams.ts')).s1Teams),
  counting('S2', async () => (await import('./s2-signatures.ts')).s2),
  counting('S5', async () => (await import('./s5-hostile-text.ts')).s5),
  counting('S7-TEAMS', async () => (await import('./s7-teams.ts')).s7Teams),
  counting('S8', async () => (await import('./s8-canaries.ts')).s8),
  measuring('S9', async () => (await import('./s9-patterns.ts')).s9),
  counting('S10-TEAMS', async () => (await import('./s10-teams.ts')).s10Teams),
];
