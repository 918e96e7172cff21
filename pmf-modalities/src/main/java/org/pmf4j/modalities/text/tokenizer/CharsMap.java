package org.pmf4j.modalities.text.tokenizer;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * SentencePiece's precompiled map of characters (Kudo and Richardson, 2018): a trie of bytes, in
 * two arrays of which one is folded into the other, and the texts that its entries become.
 */
final class CharsMap implements Normalizer {
  /** What a reader sees as one character. */
  private static final Pattern CLUSTER = Pattern.compile("\\X");

  /** Clusters of more bytes are looked up character by character. */
  private static final int LONGEST = 5;

  private final Section section;
  private final int[] units;
  private final byte[] texts;
  private final String[] ofAscii = new String[128];

  private CharsMap(Section section, int[] units, byte[] texts) {
    this.section = section;
    this.units = units;
    this.texts = texts;
    for (int c = 0; c < ofAscii.length; c++) {
      ofAscii[c] = mapped(Character.toString(c));
    }
  }

  static CharsMap read(Section section) {
    section.only("type", "precompiled_charsmap");
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(section.text("precompiled_charsmap"));
    } catch (IllegalArgumentException e) {
      throw section.refused("has a map of characters that is not base 64");
    }
    ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int size = bytes.length < 4 ? -1 : in.getInt();
    if (size < 4 || size % 4 != 0 || size > in.remaining()) {
      throw section.refused("has a map of characters that is cut short");
    }
    int[] units = new int[size / 4];
    in.asIntBuffer().get(units);
    byte[] texts = new byte[in.remaining() - size];
    in.position(in.position() + size).get(texts);
    return new CharsMap(section, units, texts);
  }

  @Override
  public String apply(String text, Edges edges) {
    StringBuilder out = new StringBuilder(text.length() + 16);
    Matcher clusters = CLUSTER.matcher(text);
    for (int i = 0; i < text.length(); ) {
      Patience.at(i);
      char c = text.charAt(i);
      boolean alone = c < 0x80 && (i + 1 == text.length() || text.charAt(i + 1) < 0x80);
      if (alone && c != '\r') {
        append(ofAscii[c], c, out);
        i++;
      } else {
        clusters.region(i, text.length());
        int end = clusters.lookingAt() ? clusters.end() : i + 1;
        cluster(text.substring(i, end), out);
        i = end;
      }
      if (out.length() > Normalizers.most(text.length())) {
        throw Normalizers.tooLong(section, text.length());
      }
    }
    return out.toString();
  }

  private void cluster(String cluster, StringBuilder out) {
    if (bytes(cluster) <= LONGEST) {
      String whole = mapped(cluster);
      if (whole != null) {
        out.append(whole);
        return;
      }
    }
    for (int i = 0; i < cluster.length(); ) {
      int c = cluster.codePointAt(i);
      append(mapped(Character.toString(c)), c, out);
      i += Character.charCount(c);
    }
  }

  private static int bytes(String cluster) {
    return cluster.length() > LONGEST
        ? cluster.length()
        : cluster.getBytes(StandardCharsets.UTF_8).length;
  }

  private static void append(String mapped, int c, StringBuilder out) {
    if (mapped == null) {
      out.appendCodePoint(c);
    } else {
      out.append(mapped);
    }
  }

  /** What the shortest entry that begins the key becomes; null if there is none. */
  private String mapped(String key) {
    int place = offset(units[0]);
    for (byte each : key.getBytes(StandardCharsets.UTF_8)) {
      int b = each & 0xFF;
      if (b == 0) {
        return null;
      }
      place ^= b;
      if (place >= units.length || label(units[place]) != b) {
        return null;
      }
      int unit = units[place];
      place ^= offset(unit);
      if (((unit >>> 8) & 1) == 1) {
        return place < units.length ? text(units[place] & 0x7FFFFFFF) : text(texts.length);
      }
    }
    return null;
  }

  private String text(int from) {
    if (from >= texts.length) {
      throw section.refused("has a map of characters with an entry outside of its texts");
    }
    int to = from;
    while (to < texts.length && texts[to] != 0) {
      to++;
    }
    return new String(texts, from, to - from, StandardCharsets.UTF_8);
  }

  private static int label(int unit) {
    return unit & 0x800000FF;
  }

  /** Never negative: 22 bits, moved by 8 at most. */
  private static int offset(int unit) {
    return (unit >>> 10) << ((unit & (1 << 9)) >>> 6);
  }

  /** Letters, digits and the space must remain what they are. */
  @Override
  public boolean worksInPieces() {
    for (int c = ' '; c < ofAscii.length; c++) {
      boolean matters = c == ' ' || Character.isLetterOrDigit(c);
      if (matters && ofAscii[c] != null && !ofAscii[c].equals(Character.toString(c))) {
        return false;
      }
    }
    return true;
  }

  @Override
  public boolean worksBetweenIdeographs() {
    return false;
  }
}
