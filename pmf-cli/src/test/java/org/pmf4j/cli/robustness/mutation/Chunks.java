package org.pmf4j.cli.robustness.mutation;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * Damage to a file of chunks (PNG) or of RIFF (WAV, WebP), whose lengths and checksums are right
 * again afterwards; to any other file damage to its bytes.
 */
public final class Chunks implements Mutation {
  private static final Mutation BYTES = new Bytes();
  private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 26, '\n'};

  private record Chunk(String name, byte[] data) {}

  @Override
  public byte[] apply(byte[] healthy, Random random) {
    boolean png = Arrays.equals(Arrays.copyOf(healthy, 8), PNG);
    boolean riff = new String(healthy, 0, 4, StandardCharsets.ISO_8859_1).equals("RIFF");
    if (!png && !riff || random.nextInt(3) == 0) {
      return BYTES.apply(healthy, random);
    }
    List<Chunk> chunks = read(healthy, png);
    change(chunks, png, random);
    return png ? png(chunks) : riff(chunks, Arrays.copyOf(healthy, 12));
  }

  private static void change(List<Chunk> chunks, boolean png, Random random) {
    int at = random.nextInt(chunks.size());
    Chunk chunk = chunks.get(at);
    switch (random.nextInt(6)) {
      case 0 -> chunks.remove(at);
      case 1 -> chunks.add(random.nextInt(chunks.size() + 1), chunk);
      case 2 -> Collections.swap(chunks, at, random.nextInt(chunks.size()));
      case 3 -> chunks.add(1, foreign(png, random));
      default -> chunks.set(at, new Chunk(chunk.name, BYTES.apply(chunk.data, random)));
    }
  }

  /** A chunk of text that unpacks to much, of nothing, or of noise. */
  private static Chunk foreign(boolean png, Random random) {
    String name = png ? Mutation.pick(List.of("zTXt", "iCCP", "tRNS", "PLTE"), random) : "LIST";
    byte[] noise = new byte[random.nextInt(4096)];
    random.nextBytes(noise);
    return new Chunk(name, random.nextBoolean() ? packedZeros() : noise);
  }

  private static byte[] packedZeros() {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    packed.writeBytes(new byte[] {'a', 0, 0});
    Deflater deflater = new Deflater();
    deflater.setInput(new byte[64 << 20]);
    deflater.finish();
    byte[] part = new byte[1 << 16];
    while (!deflater.finished()) {
      packed.write(part, 0, deflater.deflate(part));
    }
    deflater.end();
    return packed.toByteArray();
  }

  private static List<Chunk> read(byte[] file, boolean png) {
    List<Chunk> chunks = new ArrayList<>();
    ByteBuffer in =
        ByteBuffer.wrap(file).order(png ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    in.position(png ? 8 : 12);
    while (in.remaining() >= 8) {
      int first = in.getInt();
      int second = in.getInt();
      int length = Math.min(png ? first : second, in.remaining());
      int name = png ? second : Integer.reverseBytes(first);
      byte[] data = new byte[length];
      in.get(data);
      byte[] letters = ByteBuffer.allocate(4).putInt(name).array();
      chunks.add(new Chunk(new String(letters, StandardCharsets.ISO_8859_1), data));
      in.position(Math.min(in.limit(), in.position() + (png ? 4 : length % 2)));
    }
    return chunks;
  }

  private static byte[] png(List<Chunk> chunks) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(PNG);
    for (Chunk chunk : chunks) {
      CRC32 crc = new CRC32();
      crc.update(letters(chunk));
      crc.update(chunk.data);
      out.writeBytes(ByteBuffer.allocate(4).putInt(chunk.data.length).array());
      out.writeBytes(letters(chunk));
      out.writeBytes(chunk.data);
      out.writeBytes(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
    }
    return out.toByteArray();
  }

  private static byte[] riff(List<Chunk> chunks, byte[] head) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(head);
    for (Chunk chunk : chunks) {
      out.writeBytes(letters(chunk));
      out.writeBytes(little(chunk.data.length));
      out.writeBytes(chunk.data);
      out.writeBytes(new byte[chunk.data.length % 2]);
    }
    byte[] file = out.toByteArray();
    System.arraycopy(little(file.length - 8), 0, file, 4, 4);
    return file;
  }

  private static byte[] letters(Chunk chunk) {
    return chunk.name.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static byte[] little(int value) {
    return ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array();
  }
}
