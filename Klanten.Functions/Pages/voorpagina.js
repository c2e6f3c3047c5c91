'use strict';

// Test numbers, of nobody.
const klant = {
  bronorganisatie: '999990639',
  websiteUrl: 'https://example.com',
  achternaam: 'Jansen',
  subjectType: 'natuurlijk_persoon',
  subjectIdentificatie: { inpBsn: '999993653' },
};

const token = document.getElementById('token');
const answer = document.getElementById('answer');
const copied = document.getElementById('copied');

document.getElementById('copy').addEventListener('click', async () => {
  await navigator.clipboard.writeText(token.value);
  copied.textContent = copied.dataset.text;
});

async function call(method, path) {
  const headers = { Authorization: `Bearer ${token.value}`, Accept: 'application/json' };
  const body = method === 'POST' ? JSON.stringify(klant) : undefined;
  if (body) headers['Content-Type'] = 'application/json';
  const response = await fetch(`api/v1/${path}`, { method, headers, body });
  const text = await response.text();
  return `${response.status}\n${JSON.stringify(JSON.parse(text), null, 2)}`;
}

for (const button of document.querySelectorAll('button[data-call]')) {
  button.addEventListener('click', async () => {
    answer.textContent = '…';
    try {
      answer.textContent = await call(button.dataset.call, button.dataset.path);
    } catch (error) {
      answer.textContent = `${error}`;
    }
  });
}
