/** The thread in which pictures and papers are made, one after the other. */
import { parentPort } from 'node:worker_threads';
import type { DrawingOrder, Drawn } from './drawing.ts';

parentPort?.on('message', async (order: DrawingOrder) => {
  parentPort?.postMessage(await carryOut(order));
});

async function carryOut(order: DrawingOrder): Promise<Drawn> {
  const { id } = order;
  try {
    return { id, content: (await made(order)).toString('base64') };
  } catch (error) {
    return { id, error: error instanceof Error ? error.message : String(error) };
  }
}

/** Each library is large, so it is loaded when it is first needed. */
async function made(order: DrawingOrder): Promise<Buffer> {
  switch (order.kind) {
    case 'pdf':
      return (await import('./reports/pdf.ts')).makePdf(order.document);
    case 'docx':
      return (await import('./reports/docx.ts')).makeDocx(order.document);
    case 'xlsx':
      return (await import('./reports/xlsx.ts')).makeXlsx(order.sheets);
    case 'programme': {
      const { programmePng } = await import('./pictures/programme.ts');
      return Buffer.from(programmePng(order.picture));
    }
    case 'burn-down': {
      const { burnDownPng } = await import('./pictures/burn-down.ts');
      return Buffer.from(burnDownPng(order.of, order.burnDown));
    }
    default:
      return order satisfies never;
  }
}
