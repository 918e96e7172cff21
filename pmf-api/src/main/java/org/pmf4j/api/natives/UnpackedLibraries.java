package org.pmf4j.api.natives;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.file.AtomicFile;
import org.pmf4j.api.file.Fingerprint;

/**
 * Native libraries of a jar in a folder of the user's cache, which all processes share: {@code
 * natives/NAME-KEY} in {@code $XDG_CACHE_HOME/pmf}, else {@code ~/.cache/pmf}. The key is made of
 * the checksums that the jar has of the libraries, so that another version has another folder. A
 * file is written aside, forced to the disk and renamed: one of the right length is whole. Of
 * several processes that unpack at once each writes the same. Immutable, so that any number of
 * threads may share it.
 *
 * @param root folder of all such folders
 * @since API version 2
 */
public record UnpackedLibraries(Path root) {
  private static final int KEY_DIGITS = 16;

  /** A file of a jar. */
  private record Packed(URL url, long length, String sum) {}

  /** The place of this process's user; not made yet, perhaps. */
  public static UnpackedLibraries ofUser() {
    return new UnpackedLibraries(place(System.getenv()));
  }

  static Path place(Map<String, String> environment) {
    String xdg = environment.get("XDG_CACHE_HOME");
    boolean set = xdg != null && !xdg.isBlank();
    Path caches = set ? Path.of(xdg) : Path.of(System.getProperty("user.home"), ".cache");
    return caches.resolve("pmf").resolve("natives");
  }

  /**
   * Unpacks what is not there yet.
   *
   * @param name of the folder, before the key
   * @param resources as {@link ClassLoader#getResource} has them, of different file names; those
   *     that are not there are passed over
   * @return the folder; or empty if none of them is there, or the place cannot be written
   */
  public Optional<Path> folder(ClassLoader loader, String name, List<String> resources) {
    try {
      List<Packed> packed = new ArrayList<>();
      for (String resource : resources) {
        URL url = loader.getResource(resource);
        if (url != null) {
          packed.add(look(url));
        }
      }
      if (packed.isEmpty()) {
        return Optional.empty();
      }
      String key = Fingerprint.ofParts(packed.stream().map(Packed::sum).toArray(String[]::new));
      Path folder = root.resolve(name + "-" + key.substring(0, KEY_DIGITS));
      AtomicFile.createFolders(folder);
      for (Packed each : packed) {
        unpack(each, folder.resolve(fileName(each.url())));
      }
      return Optional.of(folder);
    } catch (IOException | PmfException e) {
      return Optional.empty(); // a loader that is told of no folder unpacks for itself
    }
  }

  private static void unpack(Packed library, Path file) throws IOException {
    if (Files.isRegularFile(file) && Files.size(file) == library.length()) {
      return;
    }
    AtomicFile.writeChannel(
        file,
        out -> {
          try (InputStream in = open(library.url()).getInputStream()) {
            in.transferTo(Channels.newOutputStream(out));
          }
        });
  }

  private static Packed look(URL url) throws IOException {
    URLConnection connection = open(url);
    if (connection instanceof JarURLConnection jar) {
      try (JarFile file = jar.getJarFile()) {
        JarEntry entry = file.getJarEntry(jar.getEntryName());
        return packed(url, entry.getSize(), entry.getCrc());
      }
    }
    connection.getInputStream().close(); // what it tells of a file is known once it is open
    return packed(url, connection.getContentLengthLong(), connection.getLastModified());
  }

  private static Packed packed(URL url, long length, long mark) {
    return new Packed(url, length, fileName(url) + " " + length + " " + mark);
  }

  /** Of its own, so that no jar stays open. */
  private static URLConnection open(URL url) throws IOException {
    URLConnection connection = url.openConnection();
    connection.setUseCaches(false);
    return connection;
  }

  private static String fileName(URL url) {
    return url.getPath().substring(url.getPath().lastIndexOf('/') + 1);
  }
}
