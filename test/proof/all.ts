/** The rows of the quality table that apply now, in its order. */
import { p1 } from './p1-answers.ts';
import { p1Slack } from './p1-slack.ts';
import { p1Teams } from './p1-teams.ts';
import { p2 } from './p2-sweep.ts';
import { p3 } from './p3-enqueue.ts';
import { p4 } from './p4-drain.ts';
import { p5 } from './p5-lag.ts';
import { p6 } from './p6-cadences.ts';
import { p7 } from './p7-pace.ts';
import { p8 } from './p8-event-loop.ts';
import { p9 } from './p9-start-memory.ts';
import { p10 } from './p10-backlog.ts';
import { p11 } from './p11-carry.ts';
import { p12 } from './p12-sixty-days.ts';
import { p13 } from './p13-digest.ts';
import { p14 } from './p14-redraw.ts';
import { r1 } from './r1-kill.ts';
import { r1Slack } from './r1-slack.ts';
import { r1Teams } from './r1-teams.ts';
import { r2 } from './r2-lying-answers.ts';
import { r2Slack } from './r2-slack.ts';
import { r2Teams } from './r2-teams.ts';
import { r3Slack } from './r3-slack.ts';
import { r3 } from './r3-storm.ts';
import { r3Teams } from './r3-teams.ts';
import { r4 } from './r4-same-instant.ts';
import { r4Slack } from './r4-slack.ts';
import { r4Teams } from './r4-teams.ts';
import { r5 } from './r5-kill-between.ts';
import { r5Slack } from './r5-slack.ts';
import { r5Teams } from './r5-teams.ts';
import { r6 } from './r6-every-zone.ts';
import { r7 } from './r7-stopped.ts';
import { r8 } from './r8-second-process.ts';
import { r9 } from './r9-database-trouble.ts';
import { r10 } from './r10-whole-bot.ts';
import { r11 } from './r11-poison.ts';
import { r12 } from './r12-kill-migration.ts';
import { r13 } from './r13-backup.ts';
import type { Row } from './row.ts';
import { s1 } from './s1-fuzz.ts';
import { s1Slack } from './s1-slack.ts';
import { s1Teams } from './s1-teams.ts';
import { s2 } from './s2-signatures.ts';
import { s5 } from './s5-hostile-text.ts';
import { s7Teams } from './s7-teams.ts';
import { s8 } from './s8-canaries.ts';
import { s9 } from './s9-patterns.ts';
import { s10Teams } from './s10-teams.ts';

export const rows: readonly Row[] = [
  p1,
  p1Slack,
  p1Teams,
  p2,
  p3,
  p4,
  p5,
  p6,
  p7,
  p8,
  p9,
  p10,
  p11,
  p12,
  p13,
  p14,
  r1,
  r1Slack,
  r1Teams,
  r2,
  r2Slack,
  r2Teams,
  r3,
  r3Slack,
  r3Teams,
  r4,
  r4Slack,
  r4Teams,
  r5,
  r5Slack,
  r5Teams,
  r6,
  r7,
  r8,
  r9,
  r10,
  r11,
  r12,
  r13,
  s1,
  s1Slack,
  s1Teams,
  s2,
  s5,
  s7Teams,
  s8,
  s9,
  s10Teams,
];
