// Copying is all that needs a script; everything else is there without.
for (const button of document.querySelectorAll('.copy')) {
  button.hidden = false;
  button.addEventListener('click', async () => {
    const source = document.getElementById(button.dataset.copy);
    try {
      await navigator.clipboard.writeText(source.textContent);
      tell(button, 'Copied');
    } catch {
      // Where the clipboard is out of reach the line is selected, and a key copies it.
      getSelection().selectAllChildren(source);
      tell(button, 'Selected: press Ctrl C');
    }
  });
}

function tell(button, words) {
  button.textContent = words;
  document.getElementById('news').textContent = words;
  setTimeout(() => { button.textContent = 'Copy'; }, 2000);
}
