package org.pmf4j.cli.robustness.mutation;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Damage to a file of torch.save: to the pickle, in a whole zip file or at the beginning of an
 * older one, and to the file's own bytes.
 */
public final class PyTorch implements Mutation {
  private static final Mutation BYTES = new Bytes();
  private static final int LEGACY_PICKLE = 6_000;

  /** Instructions, some with what belongs to them. */
  private static final List<String> INSTRUCTIONS =
      List.of(
          "(",
          ".",
          "0",
          "1",
          "2",
          "N",
          "R",
          "Q",
          "b",
          "s",
          "u",
          "t",
          "a",
          "e",
          "}",
          "]",
          ")",
          "\u0081",
          "\u0085",
          "\u0086",
          "\u0087",
          "\u0093",
          "\u0094",
          "h\0",
          "q\0",
          "\u008a\u0008\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u007f",
          "X\u00ff\u00ff\u00ff\u00ff",
          "\u008e\0\0\0\0\u0001\0\0\0",
          "cposix\nsystem\n",
          "ctorch\nHalfStorage\n",
          "ctorch._utils\n_rebuild_tensor\n",
          "ctorch._utils\n_rebuild_parameter\n",
          "ctorch\nbfloat16\n",
          "K\u00ff",
          "M\u00ff\u00ff",
          "J\u00ff\u00ff\u00ff\u00ff",
          "\u0088",
          "G\u007f\u00f0\0\0\0\0\0\0");

  @Override
  public byte[] apply(byte[] healthy, Random random) {
    boolean zip = healthy[0] == 'P';
    if (random.nextInt(3) == 0) {
      return BYTES.apply(healthy, random);
    }
    if (!zip) {
      int length = Math.min(LEGACY_PICKLE, healthy.length);
      byte[] pickle = pickle(Arrays.copyOf(healthy, length), random);
      byte[] all = Arrays.copyOf(pickle, pickle.length + healthy.length - length);
      System.arraycopy(healthy, length, all, pickle.length, healthy.length - length);
      return all;
    }
    try {
      Map<String, byte[]> entries = read(healthy);
      change(entries, random);
      return write(entries);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void change(Map<String, byte[]> entries, Random random) {
    List<String> names = List.copyOf(entries.keySet());
    String name = Mutation.pick(names, random);
    switch (random.nextInt(8)) {
      case 0 -> entries.remove(name);
      case 1 -> entries.put(name, new byte[random.nextInt(1 << 20)]);
      case 2 -> entries.put(name + "x", new byte[0]);
      case 3 -> entries.replaceAll((n, b) -> n.endsWith("/byteorder") ? text("big") : b);
      default -> entries.replaceAll((n, b) -> n.endsWith("/data.pkl") ? pickle(b, random) : b);
    }
  }

  /** Instructions in the place of others, or between them. */
  private static byte[] pickle(byte[] healthy, Random random) {
    if (random.nextInt(4) == 0) {
      return BYTES.apply(healthy, random);
    }
    String pickle = new String(healthy, StandardCharsets.ISO_8859_1);
    for (int n = 1 + random.nextInt(3); n > 0; n--) {
      int at = random.nextInt(pickle.length());
      String more = Mutation.pick(INSTRUCTIONS, random);
      int replaced = random.nextBoolean() ? 0 : Math.min(more.length(), pickle.length() - at);
      pickle = pickle.substring(0, at) + more + pickle.substring(at + replaced);
    }
    return pickle.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** By the directory at the end: a stream cannot tell where PyTorch's entries end. */
  private static Map<String, byte[]> read(byte[] zip) throws IOException {
    Path copy = Files.createTempFile("checkpoint", ".bin");
    Map<String, byte[]> entries = new LinkedHashMap<>();
    Files.write(copy, zip);
    try (ZipFile in = new ZipFile(copy.toFile())) {
      for (ZipEntry e : Collections.list(in.entries())) {
        entries.put(e.getName(), in.getInputStream(e).readAllBytes());
      }
    } finally {
      Files.delete(copy);
    }
    return entries;
  }

  private static byte[] write(Map<String, byte[]> entries) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream out = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> e : entries.entrySet()) {
        CRC32 crc = new CRC32();
        crc.update(e.getValue());
        ZipEntry entry = new ZipEntry(e.getKey());
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(e.getValue().length);
        entry.setCrc(crc.getValue());
        out.putNextEntry(entry);
        out.write(e.getValue());
      }
    }
    return bytes.toByteArray();
  }
}
