package org.pmf4j.modalities.audio.decode;

/** Numbers of a Vorbis packet, lowest bit first (Vorbis I specification, section 2). */
final class VorbisBits {
  private final byte[] packet;
  private long at;

  /**
   * Reads from a byte on.
   *
   * @param packet a whole packet
   * @param from index of the first byte
   */
  VorbisBits(byte[] packet, int from) {
    this.packet = packet;
    this.at = 8L * from;
  }

  /**
   * The next number.
   *
   * @param bits 0 to 32
   * @return it, unsigned
   * @throws BadAudioException if the packet ends before
   */
  long read(int bits) throws BadAudioException {
    need(bits);
    long value = 0;
    for (int i = 0; i < bits; i++, at++) {
      value |= (long) (packet[(int) (at >> 3)] >> (at & 7) & 1) << i;
    }
    return value;
  }

  /** The next number of at most 31 bits. */
  int number(int bits) throws BadAudioException {
    return Math.toIntExact(read(bits));
  }

  boolean flag() throws BadAudioException {
    return read(1) != 0;
  }

  void skip(long bits) throws BadAudioException {
    need(bits);
    at += bits;
  }

  private void need(long bits) throws BadAudioException {
    if (bits > 8L * packet.length - at) {
      throw new BadAudioException(
          "the audio is damaged (the Vorbis setup header ends too early); replace the file");
    }
  }
}
