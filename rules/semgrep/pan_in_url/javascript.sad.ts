export async function check(cvv: string, id: string, router: any) {
  // ruleid: pan_in_url.javascript.sad
  await fetch(`https://gateway.example.com/check?cvv=${cvv}`);
  // ok: pan_in_url.javascript.sad
  await fetch(`https://gateway.example.com/check?id=${id}`);
  // ok: pan_in_url.javascript.sad
  await fetch('https://gateway.example.com/check', { method: 'POST', body: JSON.stringify({ cvv }) });
  const url = new URL('https://gateway.example.com/check');
  // ruleid: pan_in_url.javascript.sad
  url.searchParams.append('cvv', cvv);
  // ruleid: pan_in_url.javascript.sad
  router.push(`/confirm?code=${cvv}`);
  // ok: pan_in_url.javascript.sad
  router.push(`/confirm?order=${id}`);
}
