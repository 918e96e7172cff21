package org.pmf4j.cli.robustness.mutation;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * Damage to a plugin's jar: to its entries, in a whole archive, and to the archive's own bytes. Of
 * a class only the header and the constants are changed, because changed instructions may do
 * anything.
 */
public final class Jar implements Mutation {
  private static final Mutation BYTES = new Bytes();
  private static final Mutation TEXT = new Text();
  private static final int BOMB = 256 << 20;

  private record Entry(String name, byte[] data) {
    boolean isClass() {
      return name.endsWith(".class");
    }
  }

  @Override
  public byte[] apply(byte[] healthy, Random random) {
    if (random.nextInt(3) == 0) {
      return BYTES.apply(healthy, random);
    }
    try {
      List<Entry> entries = read(healthy);
      change(entries, random);
      return write(entries);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void change(List<Entry> entries, Random random) {
    int at = random.nextInt(entries.size());
    Entry entry = entries.get(at);
    String service =
        entries.stream().map(Entry::name).filter(n -> n.contains("services/")).findFirst().get();
    switch (random.nextInt(12)) {
      case 0 -> entries.remove(at);
      case 1 -> entries.add(new Entry("../" + entry.name, entry.data));
      case 2 -> entries.set(at, new Entry(entry.name, new byte[BOMB]));
      case 3 -> entries.add(new Entry("module-info.class", entry.data));
      case 4 -> entries.add(new Entry("META-INF/SIGNED.SF", text("Signature-Version: 1.0\n\n")));
      case 5 -> {
        entries.add(
            0,
            new Entry(
                "META-INF/MANIFEST.MF",
                TEXT.apply(
                    text("Manifest-Version: 1.0\nMulti-Release: true\nClass-Path: x.jar\n"),
                    random)));
        entries.add(new Entry("META-INF/versions/17/" + entry.name, new byte[random.nextInt(99)]));
      }
      case 6 -> {
        entries.removeIf(e -> e.name.equals(service));
        entries.add(
            new Entry(service, text("org.example.Missing\n".repeat(1 + random.nextInt(99)))));
      }
      case 7 -> {
        entries.removeIf(e -> e.name.equals(service));
        entries.add(new Entry(service, text("x".repeat(random.nextInt(5_000_000)))));
      }
      case 8 -> entries.add(new Entry(entry.name + "/", new byte[0]));
      default ->
          entries.set(
              at,
              new Entry(
                  entry.name,
                  entry.isClass() ? header(entry.data, random) : TEXT.apply(entry.data, random)));
    }
  }

  /** The first bytes: the magic number, the version, the first constants. */
  private static byte[] header(byte[] type, Random random) {
    byte[] changed = type.clone();
    for (int n = 1 + random.nextInt(3); n > 0; n--) {
      changed[random.nextInt(Math.min(120, type.length))] = (byte) random.nextInt(256);
    }
    return changed;
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static List<Entry> read(byte[] jar) throws IOException {
    List<Entry> entries = new ArrayList<>();
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(jar))) {
      for (ZipEntry e = in.getNextEntry(); e != null; e = in.getNextEntry()) {
        entries.add(new Entry(e.getName(), in.readAllBytes()));
      }
    }
    return entries;
  }

  private static byte[] write(List<Entry> entries) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream out = new ZipOutputStream(bytes)) {
      for (Entry entry : entries) {
        out.putNextEntry(new ZipEntry(entry.name));
        out.write(entry.data);
      }
    }
    return bytes.toByteArray();
  }
}
