// Every answer that a test fetches is checked against the API description, which is read once a test fetches anything.
const plainFetch = globalThis.fetch;

globalThis.fetch = async (...asked) => {
  const { checkedFetch } = await import('./every-answer.js');
  return checkedFetch(plainFetch, ...asked);
};
