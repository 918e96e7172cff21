package org.pmf4j.modalities.video;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.pmf4j.modalities.Fixtures;

/** The animations that make_videos.py wrote, and folders of pictures. */
final class Videos {
  private Videos() {}

  /** A file of the archive. */
  static byte[] bytes(String name) {
    try (InputStream in = Videos.class.getResourceAsStream("/videos/videos.zip");
        ZipInputStream zip = new ZipInputStream(in, StandardCharsets.UTF_8)) {
      for (ZipEntry e = zip.getNextEntry(); e != null; e = zip.getNextEntry()) {
        if (e.getName().equals(name)) {
          return zip.readAllBytes();
        }
      }
      throw new IllegalArgumentException("no such video: " + name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The same in a folder. */
  static Path file(Path folder, String name) {
    try {
      return Files.write(folder.resolve(name), bytes(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A new folder of pictures of the images' fixtures: frame1, frame2, …. */
  static Path folder(Path folder, List<String> images) {
    try {
      Files.createDirectories(folder);
      int number = 0;
      for (String image : images) {
        String name = String.format(Locale.ROOT, "frame%d", ++number);
        Files.copy(
            Fixtures.path("images").resolve(image),
            folder.resolve(name + image.substring(image.lastIndexOf('.'))));
      }
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
