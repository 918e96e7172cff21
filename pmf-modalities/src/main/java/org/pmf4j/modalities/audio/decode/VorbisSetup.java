package org.pmf4j.modalities.audio.decode;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a Vorbis setup header promises, checked before JOrbis sees it: JOrbis trusts sizes, and a
 * damaged one makes it loop without end or ask for all memory. Read are codebooks, floors and
 * residues (Vorbis I specification, sections 3.2.1, 6.2.1, 7.2.2, 8.6.1); what follows is bounded
 * by its own few bits.
 */
final class VorbisSetup {
  /** Vectors of all codebooks together; encoders write some ten thousand numbers. */
  private static final long MOST_VALUES = 1 << 22;

  private static final int SYNC = 0x564342;
  private static final int TYPE_AND_NAME = 7;

  private final VorbisBits bits;
  private final List<Codebook> codebooks = new ArrayList<>();

  /** Sizes of a codebook, both at least 1. */
  private record Codebook(int dimensions, int entries) {}

  private VorbisSetup(VorbisBits bits) {
    this.bits = bits;
  }

  /**
   * Checks a header.
   *
   * @param packet the third packet of the stream
   * @param channels of the sound
   * @param longest samples of a long block
   * @throws BadAudioException saying what cannot be
   */
  static void check(byte[] packet, int channels, int longest) throws BadAudioException {
    if (packet.length < TYPE_AND_NAME || packet[0] != 5 || !Bytes.isAt(packet, 1, "vorbis")) {
      throw wrong("its third packet is no setup header");
    }
    VorbisSetup setup = new VorbisSetup(new VorbisBits(packet, TYPE_AND_NAME));
    setup.codebooks();
    setup.times();
    setup.floors();
    setup.residues((long) channels * longest / 2);
  }

  private void codebooks() throws BadAudioException {
    int count = bits.number(8) + 1;
    long values = 0;
    for (int i = 0; i < count; i++) {
      Codebook book = codebook(i);
      codebooks.add(book);
      values += (long) book.dimensions * book.entries;
      if (values > MOST_VALUES) {
        throw wrong(
            String.format(Locale.ROOT, "codebooks up to number %d hold %d numbers", i, values));
      }
    }
  }

  private Codebook codebook(int i) throws BadAudioException {
    if (bits.read(24) != SYNC) {
      throw wrong(String.format(Locale.ROOT, "codebook %d does not begin as one", i));
    }
    int dimensions = bits.number(16);
    int entries = bits.number(24);
    if (dimensions == 0 || entries == 0 || (long) dimensions * entries > MOST_VALUES) {
      throw wrong(
          String.format(
              Locale.ROOT, "codebook %d has %d entries of %d numbers", i, entries, dimensions));
    }
    if (bits.flag()) {
      orderedLengths(i, entries);
    } else {
      lengths(entries);
    }
    vectors(i, dimensions, entries);
    return new Codebook(dimensions, entries);
  }

  /** How many code words there are of each length, from the shortest on. */
  private void orderedLengths(int i, int entries) throws BadAudioException {
    int length = bits.number(5) + 1;
    for (int done = 0; done < entries; length++) {
      int more = bits.number(Integer.SIZE - Integer.numberOfLeadingZeros(entries - done));
      done += more;
      if (done > entries || length > 32) {
        throw wrong(
            String.format(Locale.ROOT, "codebook %d has code words for more than its entries", i));
      }
    }
  }

  private void lengths(int entries) throws BadAudioException {
    boolean sparse = bits.flag();
    for (int e = 0; e < entries; e++) {
      if (!sparse || bits.flag()) {
        bits.skip(5);
      }
    }
  }

  private void vectors(int i, int dimensions, int entries) throws BadAudioException {
    int type = bits.number(4);
    if (type > 2) {
      throw wrong(String.format(Locale.ROOT, "codebook %d is of the unknown type %d", i, type));
    }
    if (type > 0) {
      bits.skip(64);
      int width = bits.number(4) + 1;
      bits.skip(1);
      long numbers = type == 1 ? lattice(dimensions, entries) : (long) dimensions * entries;
      bits.skip(numbers * width);
    }
  }

  /** The largest n whose power n^dimensions does not exceed the entries. */
  private static int lattice(int dimensions, int entries) {
    int n = 1;
    while (isWithin(n + 1, dimensions, entries)) {
      n++;
    }
    return n;
  }

  /** True if base^exponent ≤ most. */
  private static boolean isWithin(int base, int exponent, int most) {
    long power = 1;
    for (int i = 0; i < exponent && base > 1; i++) {
      power *= base;
      if (power > most) {
        return false;
      }
    }
    return power <= most;
  }

  private void times() throws BadAudioException {
    int count = bits.number(6) + 1;
    for (int i = 0; i < count; i++) {
      if (bits.read(16) != 0) {
        throw wrong(String.format(Locale.ROOT, "time transform %d is not empty", i));
      }
    }
  }

  private void floors() throws BadAudioException {
    int count = bits.number(6) + 1;
    for (int i = 0; i < count; i++) {
      int type = bits.number(16);
      if (type == 0) {
        floor0(i);
      } else if (type == 1) {
        floor1(i);
      } else {
        throw wrong(String.format(Locale.ROOT, "floor %d is of the unknown type %d", i, type));
      }
    }
  }

  private void floor0(int i) throws BadAudioException {
    int order = bits.number(8);
    int rate = bits.number(16);
    int scale = bits.number(16);
    bits.skip(6 + 8);
    if (order == 0 || rate == 0 || scale == 0) {
      throw wrong(
          String.format(
              Locale.ROOT, "floor %d has order %d, rate %d, scale %d", i, order, rate, scale));
    }
    int books = bits.number(4) + 1;
    for (int b = 0; b < books; b++) {
      book("floor", i, bits.number(8));
    }
  }

  private void floor1(int i) throws BadAudioException {
    int[] classOf = new int[bits.number(5)];
    int classes = 0;
    for (int p = 0; p < classOf.length; p++) {
      classOf[p] = bits.number(4);
      classes = Math.max(classes, classOf[p] + 1);
    }
    int[] sizes = new int[classes];
    for (int c = 0; c < classes; c++) {
      sizes[c] = bits.number(3) + 1;
      int subclasses = bits.number(2);
      if (subclasses > 0) {
        book("floor", i, bits.number(8));
      }
      for (int s = 0; s < 1 << subclasses; s++) {
        int book = bits.number(8) - 1;
        if (book >= 0) {
          book("floor", i, book);
        }
      }
    }
    bits.skip(2);
    int range = bits.number(4);
    for (int c : classOf) {
      bits.skip((long) sizes[c] * range);
    }
  }

  private void residues(long numbers) throws BadAudioException {
    int count = bits.number(6) + 1;
    for (int i = 0; i < count; i++) {
      residue(i, numbers);
    }
  }

  private void residue(int i, long numbers) throws BadAudioException {
    int type = bits.number(16);
    long begin = bits.read(24);
    long end = bits.read(24);
    bits.skip(24);
    if (type > 2 || begin > end || end > numbers) {
      throw wrong(
          String.format(
              Locale.ROOT,
              "residue %d of type %d reaches from %d to %d of %d",
              i,
              type,
              begin,
              end,
              numbers));
    }
    int kinds = bits.number(6) + 1;
    Codebook chooser = book("residue", i, bits.number(8));
    // JOrbis makes a table of kinds to the power of dimensions
    if (!isWithin(kinds, chooser.dimensions, chooser.entries)) {
      throw wrong(
          String.format(Locale.ROOT, "residue %d has more kinds than its codebook's entries", i));
    }
    int stages = 0;
    for (int k = 0; k < kinds; k++) {
      int low = bits.number(3);
      stages += Integer.bitCount(low | (bits.flag() ? bits.number(5) << 3 : 0));
    }
    for (int s = 0; s < stages; s++) {
      book("residue", i, bits.number(8));
    }
  }

  private Codebook book(String user, int i, int number) throws BadAudioException {
    if (number >= codebooks.size()) {
      throw wrong(
          String.format(
              Locale.ROOT, "%s %d needs codebook %d of %d", user, i, number, codebooks.size()));
    }
    return codebooks.get(number);
  }

  private static BadAudioException wrong(String what) {
    return new BadAudioException(
        "the audio is damaged (Vorbis setup: " + what + "); replace the file");
  }
}
