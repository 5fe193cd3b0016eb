// The memory of a bot's objects, read through the inspector, so that nothing in the bot is there for the benchmark.
import { once } from 'node:events';
import { WebSocket } from 'ws';
import { z } from 'zod';

const targets = z.array(z.object({ webSocketDebuggerUrl: z.string() })).min(1);
const answers = z.object({ id: z.number(), result: z.object({ usedSize: z.number().optional() }) });

/** The arguments of node that let `heapAfterGc` read a process. Node prints a line whenever it is read. */
export function inspectorArguments(port: number): string[] {
  return [`--inspect=127.0.0.1:${port}`, '--inspect-publish-uid=http'];
}

/** Collects garbage in a process. @param port of its inspector @returns the size of its heap afterwards, in MiB */
export async function heapAfterGc(port: number): Promise<number> {
  const response = await fetch(`http://127.0.0.1:${port}/json/list`);
  const [target] = targets.parse(await response.json());
  const socket = new WebSocket(target?.webSocketDebuggerUrl ?? '');
  await once(socket, 'open');
  await call(socket, 1, 'HeapProfiler.collectGarbage');
  const { usedSize = Number.NaN } = await call(socket, 2, 'Runtime.getHeapUsage');
  socket.close();
  return usedSize / 1024 ** 2;
}

/** Calls a method of the inspector's protocol. Nothing else is called meanwhile, and no events are enabled. */
async function call(socket: WebSocket, id: number, method: string): Promise<{ usedSize?: number | undefined }> {
  const answered = once(socket, 'message');
  socket.send(JSON.stringify({ id, method }));
  const [data] = await answered;
  return answers.parse(JSON.parse(String(data))).result;
}
