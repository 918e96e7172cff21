package org.pmf4j.core.trunk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.pmf4j.api.file.FileErrors;
import org.pmf4j.api.file.Fingerprint;

/** What tells a folder that is one sample from others. Has no state: any thread may call it. */
final class FolderContent {
  private FolderContent() {}

  /**
   * A hash of the names and the contents of all files in a folder, hidden ones too, whatever it is
   * called and wherever it lies.
   *
   * @return lower-case hexadecimal digits
   * @throws org.pmf4j.api.error.PmfException naming the file or folder that cannot be read
   */
  static String hash(Path folder) {
    List<String> parts = new ArrayList<>(List.of("folder"));
    for (Path file : files(folder)) {
      parts.add(file.getFileName().toString());
      parts.add(Fingerprint.of(List.of(file)));
    }
    return Fingerprint.ofParts(parts.toArray(String[]::new));
  }

  private static List<Path> files(Path folder) {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(Files::isRegularFile).sorted().toList();
    } catch (IOException e) {
      throw FileErrors.cannotRead(folder, e);
    }
  }
}
