package org.pmf4j.serve.web;

/**
 * A part of a form. Immutable, so that any number of threads may share it.
 *
 * @param name of the field
 * @param fileName as the client calls it, or null; never the name of a file here
 * @param bytes not copied; must not change
 */
public record Part(String name, String fileName, byte[] bytes) {}
