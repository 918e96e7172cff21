package org.pmf4j.modalities.audio.decode;

import java.nio.ByteBuffer;

/** How the bytes of a WAV file become samples: in blocks that do not depend on each other. */
sealed interface WavCodec permits WavSamples, ImaAdpcm, MsAdpcm {
  /** Bytes of a block, above 0. */
  int blockBytes();

  /** How many frames so many bytes hold; the last block may end early. */
  long frames(long bytes);

  /**
   * Decodes whole blocks, the last of which may end early.
   *
   * @param bytes in the file's byte order
   * @return samples, interleaved; full scale is ±1
   * @throws BadAudioException if a block cannot be
   */
  float[] decode(ByteBuffer bytes) throws BadAudioException;
}
