/**
 * The conformance suite of backends. A backend's author extends {@link
 * org.pmf4j.testkit.backend.BackendConformance}, hands over the factory and runs it: every
 * operation against a plain-Java oracle and its gradient against finite differences, then programs,
 * tapes, life times, threads, memory, host data and the declared capabilities. What a backend does
 * not declare it must refuse. The tests are written against {@link org.pmf4j.api.backend.Backend}
 * alone.
 */
package org.pmf4j.testkit.backend;
