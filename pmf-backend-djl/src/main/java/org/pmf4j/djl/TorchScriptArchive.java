package org.pmf4j.djl;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes one TorchScript function as the archive that {@code torch.jit.save} would write: an
 * uncompressed zip of the module's state (a pickle of an empty object), its code and constants.
 */
final class TorchScriptArchive {
  /** Pickle, protocol 2: an instance of {@code __torch__.M} with an empty state. */
  private static final byte[] MODULE = latin1("\u0080\u0002c__torch__\nM\n)\u0081}b.");

  /** Pickle, protocol 2: the empty tuple. */
  private static final byte[] NO_CONSTANTS = latin1("\u0080\u0002).");

  private static final String CLASS =
      "class M(Module):\n  __parameters__ = []\n  __buffers__ = []\n  def forward(self: __torch__.M, ";

  private TorchScriptArchive() {}

  /** An archive with one module whose {@code forward} is the given function. */
  static byte[] of(String function) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      put(zip, "data.pkl", MODULE);
      put(zip, "code/__torch__.py", (CLASS + function).getBytes(StandardCharsets.UTF_8));
      put(zip, "constants.pkl", NO_CONSTANTS);
      put(zip, "version", latin1("10\n"));
      put(zip, "byteorder", latin1("little"));
    }
    return bytes.toByteArray();
  }

  private static void put(ZipOutputStream zip, String name, byte[] data) throws IOException {
    ZipEntry entry = new ZipEntry("pmf/" + name);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(data.length);
    CRC32 crc = new CRC32();
    crc.update(data);
    entry.setCrc(crc.getValue());
    zip.putNextEntry(entry);
    zip.write(data);
    zip.closeEntry();
  }

  private static byte[] latin1(String s) {
    return s.getBytes(StandardCharsets.ISO_8859_1);
  }
}
