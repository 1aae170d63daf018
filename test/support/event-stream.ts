/** What the console's page is told as it happens. */

/** Opens the live events of `who` at `url`; `seen` settles once `words` came by. */
export async function watchEvents(
  url: string,
  who: string,
): Promise<{ seen(words: string): Promise<void>; ended: Promise<void> }> {
  const response = await fetch(`${url}/console/api/events?as=${who}`);
  if (!response.ok || !response.body) throw new Error(`events answered ${response.status}`);
  const waiting: { readonly words: string; readonly go: () => void }[] = [];
  let text = '';
  const tell = (): void => {
    for (const { words, go } of waiting) if (text.includes(words)) go();
  };
  const decoder = new TextDecoder();
  const read = async (body: ReadableStream<Uint8Array>): Promise<void> => {
    for await (const chunk of body) {
      text += decoder.decode(chunk, { stream: true });
      tell();
    }
  };
  return {
    seen: (words) =>
      new Promise((resolve) => {
        waiting.push({ words, go: resolve });
        tell();
      }),
    // A stream that is cut has ended too.
    ended: read(response.body).catch(() => undefined),
  };
}
