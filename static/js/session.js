// What several modules ask about the log-in. The answer's token lets a page that outlived a log-out be sent after all.

/** Ask to stay logged in. Resolves to the seconds left, or null when one is logged out; rejects without a network. */
export async function stay() {
  const url = document.body.dataset.keepaliveUrl;
  if (!url) return null;
  const answer = await fetch(url, { redirect: "manual", cache: "no-store", headers: { Accept: "application/json" } });
  if (answer.type === "opaqueredirect" || answer.status === 401 || answer.status === 403) return null;
  if (!answer.ok) throw new Error(`${answer.status}`);
  const { seconds, csrf } = await answer.json();
  for (const field of document.getElementsByName("csrfmiddlewaretoken")) field.value = csrf;
  return seconds;
}

export const loginUrl = () => document.body.dataset.loginUrl ?? "/";
