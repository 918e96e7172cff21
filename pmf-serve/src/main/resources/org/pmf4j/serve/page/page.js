'use strict';

// All that comes from a model or a file is set as text, never as markup.
const byId = (id) => document.getElementById(id);
const make = (tag, properties = {}, ...children) => {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
};
const percent = (p) => (100 * p).toFixed(p > 0.0005 && p < 0.9995 ? 1 : 0) + ' %';
const ACCEPTED = { image: 'image/*', audio: 'audio/*', video: 'video/*,image/gif,image/webp' };
const MOST_RECENT = 20;
const LONGEST_RECORDING = 60;

let models = [];
let token = '';
let readers = {};

async function ask(path, options = {}) {
  const headers = token ? { Authorization: 'Bearer ' + token } : {};
  let reply;
  try {
    reply = await fetch(path, { ...options, headers });
  } catch {
    throw new Error('The server does not answer.');
  }
  if (reply.status === 401) {
    byId('token-line').hidden = false;
  }
  const body = await reply.json();
  if (!reply.ok) {
    throw new Error(body.detail || 'The server answers with status ' + reply.status + '.');
  }
  return body;
}

async function loadModels() {
  try {
    models = (await ask('models')).models;
    byId('problem').textContent = models.length ? '' : 'No model is served at the moment.';
  } catch (e) {
    models = [];
    byId('problem').textContent = e.message;
  }
  byId('model').replaceChildren(...models.map((m) => make('option', { value: m.name }, m.name)));
  byId('ask').disabled = models.length === 0;
  showModel();
}

function chosen() {
  return models.find((m) => m.name === byId('model').value);
}

function showModel() {
  const model = chosen();
  readers = {};
  byId('fields').replaceChildren();
  byId('about').textContent = '';
  if (!model) {
    return;
  }
  const wanted = model.modalities.length > 1 ? '; leave out what you do not have' : '';
  byId('about').textContent = model.method + ', ' + model.task + ', ' + model.labels.length
    + (model.labels.length === 1 ? ' output' : ' labels') + wanted;
  model.modalities.forEach((m, i) => byId('fields').append(field(m, 'field-' + i)));
}

function field(modality, id) {
  const set = make('fieldset', {}, make('legend', {},
    modality.name + (modality.required ? ' (needed)' : '')));
  if (modality.columns) {
    readers[modality.name] = columns(set, modality, id);
  } else if (modality.kind === 'text' || modality.kind === 'tabular') {
    readers[modality.name] = text(set, modality, id);
  } else {
    readers[modality.name] = file(set, modality, id);
  }
  return set;
}

function text(set, modality, id) {
  const area = make('textarea', { id, rows: 3 });
  area.setAttribute('aria-label', modality.name);
  set.append(area);
  return () => area.value.trim() || null;
}

function columns(set, modality, id) {
  const inputs = modality.columns.map((column, i) => {
    const input = make('input', { id: id + '-' + i, type: 'text' });
    set.append(make('label', { htmlFor: input.id }, column), input);
    return input;
  });
  return () => {
    const row = {};
    inputs.forEach((input, i) => {
      if (input.value.trim()) {
        row[modality.columns[i]] = input.value.trim();
      }
    });
    return Object.keys(row).length ? JSON.stringify(row) : null;
  };
}

function file(set, modality, id) {
  let taken = null;
  const input = make('input', { id, type: 'file', accept: ACCEPTED[modality.kind] || '' });
  input.setAttribute('aria-label', modality.name);
  const preview = make('div');
  const take = (given) => {
    taken = given;
    show(preview, modality, given);
  };
  input.addEventListener('change', () => take(input.files[0] || null));
  const lines = [input, make('p', { className: 'quiet' }, 'Choose a file, or drop it here.')];
  if (modality.kind === 'audio') {
    lines.push(recording(take));
  }
  set.append(...lines, preview);
  set.addEventListener('dragover', (e) => {
    e.preventDefault();
    set.classList.add('over');
  });
  set.addEventListener('dragleave', () => set.classList.remove('over'));
  set.addEventListener('drop', (e) => {
    e.preventDefault();
    set.classList.remove('over');
    if (e.dataTransfer.files.length) {
      input.value = '';
      take(e.dataTransfer.files[0]);
    }
  });
  return () => taken;
}

function show(preview, modality, given) {
  for (const old of preview.querySelectorAll('[src]')) {
    URL.revokeObjectURL(old.src);
  }
  preview.replaceChildren();
  if (!given) {
    return;
  }
  const src = URL.createObjectURL(given);
  const shown = {
    image: () => make('img', { src, alt: 'The picture that is asked about' }),
    audio: () => make('audio', { src, controls: true }),
    video: () => make('video', { src, controls: true, muted: true }),
  }[modality.kind];
  if (shown) {
    preview.append(shown());
  }
  preview.append(make('p', { className: 'quiet' }, given.name));
}

function recording(take) {
  const button = make('button', { type: 'button' }, 'Record');
  let stop = null;
  button.addEventListener('click', async () => {
    if (stop) {
      stop();
      return;
    }
    try {
      stop = await record((sound) => {
        stop = null;
        button.textContent = 'Record';
        take(sound);
      });
      button.textContent = 'Stop';
    } catch {
      byId('problem').textContent = 'The microphone cannot be used: it needs your leave, and this'
        + ' page from this machine or over https.';
    }
  });
  return button;
}

async function record(done) {
  const microphone = await navigator.mediaDevices.getUserMedia({ audio: true });
  const context = new AudioContext();
  await context.audioWorklet.addModule('recorder.js');
  const pieces = [];
  const node = new AudioWorkletNode(context, 'recorder');
  node.port.onmessage = (e) => pieces.push(e.data);
  context.createMediaStreamSource(microphone).connect(node);
  let over = false;
  const stop = () => {
    if (!over) {
      over = true;
      microphone.getTracks().forEach((t) => t.stop());
      const rate = context.sampleRate;
      context.close();
      done(new File([wave(pieces, rate)], 'recording.wav', { type: 'audio/wav' }));
    }
  };
  setTimeout(stop, 1000 * LONGEST_RECORDING);
  return stop;
}

// A WAV file of 16 bits and one channel.
function wave(pieces, rate) {
  const count = pieces.reduce((n, p) => n + p.length, 0);
  const view = new DataView(new ArrayBuffer(44 + 2 * count));
  const word = (at, letters) => [...letters].forEach((c, i) => view.setUint8(at + i, c.charCodeAt(0)));
  word(0, 'RIFF');
  view.setUint32(4, 36 + 2 * count, true);
  word(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, rate, true);
  view.setUint32(28, 2 * rate, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  word(36, 'data');
  view.setUint32(40, 2 * count, true);
  let at = 44;
  for (const piece of pieces) {
    for (const sample of piece) {
      view.setInt16(at, 32767 * Math.max(-1, Math.min(1, sample)), true);
      at += 2;
    }
  }
  return view.buffer;
}

const said = (answer) => answer.label ?? answer.value?.toPrecision(6)
  ?? (answer.labels.length ? answer.labels.join(', ') : 'none of the labels');

function showAnswer(model, answer) {
  byId('nothing').hidden = true;
  byId('label').textContent = said(answer);
  byId('missing').textContent = [
    answer.missing.length ? 'Answered without ' + answer.missing.join(', ') + '.' : '',
    answer.cut.length ? 'Too long, and answered of its beginning: ' + answer.cut.join(', ') + '.' : '',
  ].filter((line) => line).join(' ');
  const rows = Object.entries(answer.probabilities || {}).sort((a, b) => b[1] - a[1]);
  byId('probabilities').hidden = rows.length === 0;
  byId('probabilities').tBodies[0].replaceChildren(...rows.map(([label, p]) => make('tr', {},
    make('th', { scope: 'row' }, label),
    make('td', {}, percent(p)),
    make('td', {}, bar(label, p)))));
  const others = Object.entries(answer.without || {});
  byId('rested').hidden = others.length === 0;
  byId('rested').querySelector('ul').replaceChildren(
    ...others.map(([name, other]) => make('li', {}, rested(name, answer, other))));
}

function bar(label, p) {
  const meter = make('meter', { min: 0, max: 1, value: p });
  meter.setAttribute('aria-label', label);
  return meter;
}

function rested(name, answer, other) {
  if (answer.probabilities && said(answer) === said(other) && answer.label) {
    return 'Without ' + name + ' the answer would be the same, with '
      + percent(other.probabilities[answer.label]) + ' in place of '
      + percent(answer.probabilities[answer.label]) + '.';
  }
  return 'Without ' + name + ' the answer would be ' + said(other) + '.';
}

function remember(model, form, answer) {
  byId('none-recent').hidden = true;
  const given = [...form.entries()].map(([name, value]) =>
    name + ': ' + (value instanceof File ? value.name : value.slice(0, 80)));
  const list = byId('recent').querySelector('ol');
  const button = make('button', { type: 'button' }, 'Show');
  button.setAttribute('aria-label', 'Show the answer to ' + given.join(', '));
  button.addEventListener('click', () => showAnswer(model, answer));
  list.prepend(make('li', {}, model.name + ' says ', make('strong', {}, said(answer)),
    ' of ' + given.join(', ') + ' ', button));
  while (list.children.length > MOST_RECENT) {
    list.lastChild.remove();
  }
}

byId('question').addEventListener('submit', async (e) => {
  e.preventDefault();
  const model = chosen();
  const form = new FormData();
  for (const [name, read] of Object.entries(readers)) {
    const value = read();
    if (value instanceof File) {
      form.append(name, value, value.name);
    } else if (value !== null) {
      form.append(name, value);
    }
  }
  byId('ask').disabled = true;
  byId('problem').textContent = '';
  try {
    const path = 'models/' + encodeURIComponent(model.name) + '/predict?without=true';
    const answer = await ask(path, { method: 'POST', body: form });
    showAnswer(model, answer);
    remember(model, form, answer);
  } catch (failure) {
    byId('problem').textContent = failure.message;
  } finally {
    byId('ask').disabled = false;
  }
});
byId('model').addEventListener('change', showModel);
byId('use-token').addEventListener('click', () => {
  token = byId('token').value.trim();
  loadModels();
});
loadModels();
