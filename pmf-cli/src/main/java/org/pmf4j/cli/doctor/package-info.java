/**
 * {@code pmf doctor}: what of this machine and installation serves, is slow or is missing, and what
 * to do. Each class looks at one thing and tells findings; none changes anything.
 */
package org.pmf4j.cli.doctor;
