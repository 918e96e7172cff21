package org.pmf4j.core.plugin;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.pmf4j.api.plugin.PmfPlugin;

/**
 * What is looked at in a jar before anything of it is loaded: the JDK reads services, manifests and
 * classes as wholes, whatever they unpack to, and prints warnings of its own.
 */
final class JarCheck {
  static final String SERVICE = "META-INF/services/" + PmfPlugin.class.getName();

  private static final int LONGEST_SERVICE = 1 << 16;

  /** Of a signed jar it has a few lines for each of thousands of classes. */
  private static final int LONGEST_MANIFEST = 8 << 20;

  private static final long LARGEST_CLASS = 16 << 20;

  private JarCheck() {}

  /**
   * True if a jar names a plugin.
   *
   * @throws PluginProblem if it is broken
   */
  static boolean namesAPlugin(Path jar) throws PluginProblem {
    // Not a JarFile, which reads the manifest itself, with a warning on what is there twice
    try (ZipFile file = new ZipFile(jar.toFile())) {
      requireSmallClasses(file);
      if (file.getEntry(SERVICE) == null) {
        return false;
      }
      text(file, SERVICE, LONGEST_SERVICE);
      requireNamesOnce(text(file, JarFile.MANIFEST_NAME, LONGEST_MANIFEST));
      return true;
    } catch (IOException | SecurityException | IllegalArgumentException e) {
      // Names of entries that are not in UTF-8 are an IllegalArgumentException
      throw new PluginProblem(
          String.format(Locale.ROOT, "%s is no whole jar file; copy it anew", jar.getFileName()));
    }
  }

  /** A text of the jar; empty if it is not there. */
  private static String text(ZipFile file, String name, int longest)
      throws IOException, PluginProblem {
    ZipEntry entry = file.getEntry(name);
    if (entry == null) {
      return "";
    }
    try (InputStream in = file.getInputStream(entry)) {
      byte[] bytes = in.readNBytes(longest + 1);
      if (bytes.length > longest) {
        throw new PluginProblem(
            String.format(
                Locale.ROOT,
                "%s of %s is larger than %d bytes; write it anew",
                name,
                Path.of(file.getName()).getFileName(),
                longest));
      }
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }

  /** Of a manifest whose section has an attribute twice the JDK takes the last, with a warning. */
  private static void requireNamesOnce(String manifest) throws PluginProblem {
    Set<String> seen = new HashSet<>();
    for (String line : manifest.split("\\r\\n|\\r|\\n", -1)) {
      int colon = line.indexOf(':');
      if (line.isEmpty()) {
        seen.clear();
      } else if (colon > 0 && !line.startsWith(" ")) {
        String name = line.substring(0, colon);
        if (!seen.add(name.toLowerCase(Locale.ROOT))) {
          throw new PluginProblem(
              "its manifest has an attribute twice (" + PluginProblem.line(name) + "); remove one");
        }
      }
    }
  }

  /** A class is read as a whole before anybody sees whether it is one. */
  private static void requireSmallClasses(ZipFile file) throws PluginProblem {
    Optional<? extends ZipEntry> large =
        file.stream()
            .filter(e -> e.getName().endsWith(".class") && e.getSize() > LARGEST_CLASS)
            .findFirst();
    if (large.isPresent()) {
      throw new PluginProblem(
          String.format(
              Locale.ROOT,
              "a class in it claims %d MiB, and no class has more than %d; copy it anew",
              large.get().getSize() >> 20,
              LARGEST_CLASS >> 20));
    }
  }
}
