package org.pmf4j.api.encoder;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.error.Quoted;
import org.pmf4j.api.file.InputFile;
import org.pmf4j.api.json.Json;

/**
 * The {@code modules.json} of a folder that sentence-transformers wrote: the parts of a model, from
 * the encoder on. Immutable, so that any number of threads may share it.
 *
 * @param source the file, for messages
 * @param modules one or more, of which the first takes texts
 * @since API version 2
 */
public record SentenceModules(String source, List<Module> modules) {
  /** The name of the file. */
  public static final String FILE = "modules.json";

  private static final String LIBRARY = "sentence_transformers.";
  private static final String TRANSFORMER = "transformer";
  private static final String TYPE = "type";
  private static final String PATH = "path";
  private static final long LARGEST = 1 << 20;

  /** Takes over an immutable copy. */
  public SentenceModules {
    modules = List.copyOf(modules);
  }

  /**
   * A part of a model.
   *
   * @param type its class in Python, with its package
   * @param path its folder, with slashes, in the folder of the model; empty for that folder itself
   */
  public record Module(String type, String path) {
    /**
     * The class of the library, whatever its package is called in this version, in lower case, such
     * as {@code pooling}; of others the type itself.
     */
    public String kind() {
      return type.startsWith(LIBRARY)
          ? type.substring(type.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT)
          : type;
    }
  }

  /**
   * Reads the file of a folder, if it has one.
   *
   * @throws PmfException naming the file, if it is broken, or if a part would stand outside of the
   *     folder
   */
  public static Optional<SentenceModules> find(Path folder) {
    Path file = folder.resolve(FILE);
    return Files.exists(file, LinkOption.NOFOLLOW_LINKS)
        ? Optional.of(parse(file.toString(), InputFile.text(file, LARGEST)))
        : Optional.empty();
  }

  private static SentenceModules parse(String source, String json) {
    if (!(Json.value(source, json) instanceof List<?> list) || list.isEmpty()) {
      throw PmfException.input(source + ": must be a list of one module or more");
    }
    List<Module> modules = new ArrayList<>();
    for (Object each : list) {
      modules.add(module(source, each));
    }
    return new SentenceModules(source, modules);
  }

  @SuppressWarnings("unchecked")
  private static Module module(String source, Object found) {
    if (!(found instanceof Map<?, ?> map)) {
      throw PmfException.input(source + ": must be a list of objects, found " + Quoted.of(found));
    }
    EncoderConfig module = new EncoderConfig(source, (Map<String, Object>) map);
    String type = module.text(TYPE, "");
    if (type.isEmpty()) {
      throw module.wrong(TYPE, "the class of a module", map.get(TYPE));
    }
    if (!module.has(PATH)) {
      throw module.wrong(PATH, "the folder of a module", map.get(PATH));
    }
    String path = module.text(PATH, "").replaceFirst("/$", "");
    if (!path.isEmpty() && !isInside(path)) {
      throw module.wrong(PATH, "a folder in the folder of the model", path);
    }
    return new Module(type, path);
  }

  private static boolean isInside(String path) {
    return path.chars().noneMatch(c -> c == '\\' || c == ':' || c < ' ' || c == 0x7f)
        && Arrays.stream(path.split("/", -1))
            .noneMatch(part -> part.isEmpty() || part.equals(".") || part.equals(".."));
  }

  /** What takes texts, which may be other than an encoder that is read. */
  public Module first() {
    return modules.get(0);
  }

  /** True if that is the library's wrapper of an encoder of transformers. */
  public boolean hasEncoder() {
    return first().kind().equals(TRANSFORMER);
  }

  /** The folder of the encoder, in that of the model; empty for that folder itself. */
  public String encoderPath() {
    return hasEncoder() ? first().path() : "";
  }

  /** What is done with the encoder's states, in order. */
  public List<Module> rest() {
    return modules.subList(1, modules.size());
  }
}
