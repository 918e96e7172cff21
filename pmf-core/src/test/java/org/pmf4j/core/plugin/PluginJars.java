package org.pmf4j.core.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.pmf4j.api.plugin.PmfPlugin;

/** Jars of plugins for tests, compiled as third parties compile theirs: against pmf-api alone. */
final class PluginJars {
  static final String SERVICE = "META-INF/services/org.pmf4j.api.plugin.PmfPlugin";

  private final Path work;
  private final Map<String, String> sources = new LinkedHashMap<>();
  private final Map<String, String> entries = new LinkedHashMap<>();
  private Predicate<String> packed = name -> true;
  private String classPath = api();

  private PluginJars(Path work) {
    this.work = work;
  }

  /** A jar without anything, made in a folder of its own. */
  static PluginJars in(Path folder) throws IOException {
    return new PluginJars(Files.createTempDirectory(Files.createDirectories(folder), "jar"));
  }

  /** A plugin class of a name, with this body beside its name and API version. */
  PluginJars plugin(String type, String name, String body) {
    return source(
            type,
            String.format(
                Locale.ROOT,
                """
            import java.util.List;
            import org.pmf4j.api.fusion.*;
            import org.pmf4j.api.modality.*;
            import org.pmf4j.api.plugin.PmfPlugin;

            public class %s implements PmfPlugin {
              @Override public String name() { return "%s"; }
              @Override public int apiVersion() { return API_VERSION; }
              %s
            }
            """,
                type,
                name,
                body))
        .service(type);
  }

  /** A modality's class without any function but its name. */
  PluginJars modality(String type, String name) {
    return source(
        type,
        String.format(
            Locale.ROOT,
            """
        import java.nio.file.Path;
        import org.pmf4j.api.modality.*;

        public class %s implements Modality {
          @Override public String name() { return "%s"; }
          @Override public String description() { return "a test's"; }
          @Override public Source parse(String cell, Path folder) { return new Source.Text(cell); }
          @Override public Preprocessor preprocessor(Path encoder, String modelType) { return null; }
        }
        """,
            type,
            name));
  }

  PluginJars source(String type, String text) {
    sources.put(type, text);
    return this;
  }

  PluginJars service(String type) {
    return entry(SERVICE, type + "\n");
  }

  PluginJars entry(String name, String text) {
    entries.put(name, text);
    return this;
  }

  /** Compiled, but not put into the jar: what the plugin finds elsewhere. */
  PluginJars without(String type) {
    packed = packed.and(name -> !name.equals(type.replace('.', '/') + ".class"));
    return this;
  }

  PluginJars withLibrary(Path jar) {
    classPath += java.io.File.pathSeparator + jar;
    return this;
  }

  /** Compiles and packs. */
  Path write(Path jar) throws IOException {
    Path classes = Files.createDirectories(work.resolve("classes"));
    if (!sources.isEmpty()) {
      compile(classes);
    }
    Files.createDirectories(jar.getParent());
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream packer = new JarOutputStream(out);
        Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        String name = classes.relativize(file).toString().replace('\\', '/');
        if (packed.test(name)) {
          packer.putNextEntry(new ZipEntry(name));
          packer.write(Files.readAllBytes(file));
        }
      }
      for (Map.Entry<String, String> entry : entries.entrySet()) {
        packer.putNextEntry(new ZipEntry(entry.getKey()));
        packer.write(entry.getValue().getBytes(StandardCharsets.UTF_8));
      }
    }
    return jar;
  }

  private void compile(Path classes) throws IOException {
    List<Path> files = new ArrayList<>();
    for (Map.Entry<String, String> source : sources.entrySet()) {
      Path file = work.resolve("sources").resolve(source.getKey().replace('.', '/') + ".java");
      Files.createDirectories(file.getParent());
      files.add(Files.writeString(file, source.getValue()));
    }
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
      List<String> options =
          List.of("-d", classes.toString(), "-proc:none", "-cp", classPath, "-nowarn");
      boolean good =
          compiler
              .getTask(
                  messages,
                  manager,
                  null,
                  options,
                  null,
                  manager.getJavaFileObjectsFromPaths(files))
              .call();
      assertThat(good).as("%s", messages).isTrue();
    }
  }

  private static String api() {
    try {
      return Path.of(PmfPlugin.class.getProtectionDomain().getCodeSource().getLocation().toURI())
          .toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
