package org.pmf4j.onnx.library;

import java.io.File;
import java.lang.reflect.Field;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.pmf4j.api.backend.engine.NativeArtifact;
import org.pmf4j.api.natives.UnpackedLibraries;

/**
 * The native libraries of ONNX Runtime. Its Java classes would unpack them anew in each process, to
 * a folder that stays there where the process is killed; told of a folder by a system property,
 * they load them from it. Several threads may use it at once.
 */
public final class OnnxRuntimeLibrary {
  /** The system property by which ONNX Runtime's classes are told of a folder. */
  public static final String FOLDER = "onnxruntime.native.path";

  private static final String MAIN = "onnxruntime";

  /** On Windows alone there are all. */
  private static final List<String> NAMES =
      List.of(MAIN, "onnxruntime4j_jni", "onnxruntime_providers_shared");

  /** Folders of systems, where ONNX Runtime calls them otherwise than the artifacts here. */
  private static final Map<String, String> FOLDERS =
      Map.of("linux-x86_64", "linux-x64", "win-x86_64", "win-x64");

  private OnnxRuntimeLibrary() {}

  /** True if the class path has none for this system. */
  public static boolean isMissing() {
    return loader().getResource(resource(MAIN)) == null;
  }

  /**
   * Unpacks them once for all processes of this user, and tells ONNX Runtime where. To be called
   * before its classes are first used. Where {@value #FOLDER} is set, the libraries are missing, or
   * the user's cache cannot be written, nothing is done.
   */
  public static synchronized void unpack() {
    if (System.getProperty(FOLDER) != null) {
      return;
    }
    Optional<Path> folder =
        UnpackedLibraries.ofUser()
            .folder(loader(), MAIN, NAMES.stream().map(OnnxRuntimeLibrary::resource).toList());
    folder.ifPresent(path -> System.setProperty(FOLDER, path.toString()));
  }

  /**
   * Removes the folder in the temporary one that ONNX Runtime makes in any case, if it is empty. To
   * be called once its classes are loaded.
   */
  public static void removeTemporaryFolder() {
    try {
      Field field = Class.forName("ai.onnxruntime.OnnxRuntime").getDeclaredField("tempDirectory");
      field.setAccessible(true);
      Stream.ofNullable((Path) field.get(null)).map(Path::toFile).forEach(File::delete);
    } catch (ReflectiveOperationException | LinkageError | RuntimeException e) {
      return; // of another version: it is deleted when the virtual machine ends
    }
  }

  private static String resource(String library) {
    String system = NativeArtifact.ofThisSystem(MAIN).system();
    return "ai/onnxruntime/native/"
        + FOLDERS.getOrDefault(system, system)
        + "/"
        + System.mapLibraryName(library);
  }

  private static ClassLoader loader() {
    return OnnxRuntimeLibrary.class.getClassLoader();
  }
}
