// Hands on what the microphone hears, piece by piece, from the thread of sound.
class Recorder extends AudioWorkletProcessor {
  process(inputs) {
    if (inputs[0].length > 0) {
      this.port.postMessage(inputs[0][0].slice());
    }
    return true;
  }
}
registerProcessor('recorder', Recorder);
