package org.pmf4j.api.evolution;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What other jars can refer to in a folder of classes, one line each: types with what they extend,
 * fields with the values of constants, constructors and methods by their erased signatures, as the
 * JVM links them. Types are named in full, such as {@code org.pmf4j.api.tensor.Shape}. What is
 * marked experimental is left out.
 */
final class PublicApi {
  private static final String MARK = "org.pmf4j.api.plugin.Experimental";

  private PublicApi() {}

  /** All lines, sorted. */
  static List<String> of(Path classes) {
    Set<String> lines = new TreeSet<>();
    try (URLClassLoader loader =
            new URLClassLoader(
                new URL[] {classes.toUri().toURL()}, ClassLoader.getPlatformClassLoader());
        Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".class")).toList()) {
        String name = classes.relativize(file).toString().replace('/', '.').replace('\\', '.');
        if (!name.endsWith("-info.class")) {
          add(Class.forName(name.replaceFirst("\\.class$", ""), false, loader), lines);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
    return List.copyOf(lines);
  }

  private static void add(Class<?> type, Set<String> lines) {
    for (Class<?> t = type; t != null; t = t.getEnclosingClass()) {
      if (!visible(t.getModifiers()) || t.isAnonymousClass() || isExperimental(t)) {
        return;
      }
    }
    if (isExperimental(type.getPackage())) {
      return;
    }
    String name = type.getName();
    lines.add(name + " is " + kind(type));
    if (type.getSuperclass() != null && type.getSuperclass() != Object.class) {
      lines.add(name + " extends " + type.getSuperclass().getName());
    }
    Arrays.stream(type.getInterfaces()).forEach(i -> lines.add(name + " extends " + i.getName()));
    for (Field f : type.getDeclaredFields()) {
      if (visible(f.getModifiers()) && !f.isSynthetic()) {
        lines.add(name + "." + f.getName() + " " + holder(f) + f.getType().getName());
      }
    }
    for (Constructor<?> c : type.getDeclaredConstructors()) {
      if (visible(c.getModifiers()) && !c.isSynthetic() && !isExperimental(c)) {
        lines.add(name + ".new" + parameters(c.getParameterTypes()));
      }
    }
    for (Method m : methods(type)) {
      if (visible(m.getModifiers()) && !m.isSynthetic() && !isExperimental(m)) {
        String line =
            name + "." + m.getName() + parameters(m.getParameterTypes()) + " " + holder(m);
        lines.add(line + m.getReturnType().getName());
        if (Modifier.isAbstract(m.getModifiers())) {
          lines.add(line + m.getReturnType().getName() + " abstract");
        }
      }
    }
  }

  /** Its own and those that it inherits, which callers may name as its own. */
  private static List<Method> methods(Class<?> type) {
    return Stream.concat(Arrays.stream(type.getDeclaredMethods()), Arrays.stream(type.getMethods()))
        .filter(m -> m.getDeclaringClass() != Object.class)
        .distinct()
        .toList();
  }

  /** By name, because the classes looked at have a class loader of their own. */
  private static boolean isExperimental(AnnotatedElement element) {
    return Arrays.stream(element.getAnnotations())
        .anyMatch(a -> a.annotationType().getName().equals(MARK));
  }

  private static boolean visible(int modifiers) {
    return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
  }

  private static String holder(Member m) {
    return Modifier.isStatic(m.getModifiers()) ? "static " : "";
  }

  private static String kind(Class<?> type) {
    if (type.isAnnotation()) {
      return "annotation";
    }
    if (type.isInterface()) {
      return "interface";
    }
    return type.isEnum() ? "enum" : type.isRecord() ? "record" : "class";
  }

  private static String parameters(Class<?>[] types) {
    return Arrays.stream(types).map(Class::getName).collect(Collectors.joining(", ", "(", ")"));
  }

  /** Prints the lines of a folder of classes, for a file of the test resources. */
  public static void main(String[] folder) {
    of(Path.of(folder[0])).forEach(line -> System.out.printf(Locale.ROOT, "%s%n", line));
  }
}
