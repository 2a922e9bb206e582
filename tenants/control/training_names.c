// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tenants/control/training_names.h"

#define NAMES(name, ...)                                    \
    static const char *const name##_list[] = {__VA_ARGS__}; \
    const struct names name = {name##_list, sizeof(name##_list) / sizeof(name##_list[0])}

NAMES(names_men, "Abbas", "Abdul", "Aco", "Ahmad", "Akbar", "Ali", "Alimuddin", "Amir", "Ambo", "Anwar", "Arifin", "Arsyad", "Asri",
      "Baharuddin", "Baso", "Basri", "Bustan", "Burhan", "Darwis", "Faisal", "Firman", "Hamka", "Hamzah", "Haris", "Hasan", "Hasbi",
      "Herman", "Husain", "Ibrahim", "Idris", "Ilham", "Irfan", "Irwan", "Ismail", "Jamal", "Jufri", "Kaharuddin", "Kamaruddin", "Lukman",
      "Mahmud", "Makmur", "Mansyur", "Muhtar", "Muliadi", "Mursalim", "Mustafa", "Nasir", "Nasruddin", "Nurdin", "Rahman", "Rahmat",
      "Ramli", "Ridwan", "Rusdi", "Rustam", "Sahrul", "Saleh", "Samsul", "Sudirman", "Sulaiman", "Supriadi", "Syahrir", "Syamsuddin",
      "Tahir", "Takdir", "Umar", "Usman", "Wahyu", "Yunus", "Yusuf", "Zainal", "Zulkifli");
NAMES(names_men_second, "Baso", "Daming", "Dalle", "Gani", "Hakim", "Halim", "Hamid", "Karim", "Kadir", "Latif", "Lallo", "Majid", "Mappa",
      "Mattola", "Nai", "Paweloi", "Pabokori", "Rala", "Rauf", "Salam", "Samad", "Sanusi", "Sape", "Sikki", "Tajang", "Tandi", "Taming",
      "Wahid", "Yasin", "Zainuddin");
NAMES(names_women, "Aisyah", "Andi", "Asma", "Asriani", "Asni", "Besse", "Cahaya", "Darmawati", "Dahlia", "Ernawati", "Fatimah", "Fitriani",
      "Hadijah", "Halimah", "Hartati", "Harlina", "Hasnah", "Hasnawati", "Herlina", "Hijrah", "Husnaeni", "Ida", "Indo", "Irmawati",
      "Jumiati", "Juhriah", "Kartini", "Kasmawati", "Lina", "Mardiana", "Mariani", "Masnah", "Mirna", "Mulyati", "Murni", "Nadirah",
      "Nirwana", "Nur", "Nuraeni", "Nurhayati", "Nurlaela", "Nursida", "Rahma", "Rahmawati", "Ramlah", "Ratna", "Rosdiana", "Rosmini",
      "Rukiah", "Rusni", "Sahriani", "Salma", "Santi", "Sartika", "Siti", "Sitti", "Sri", "Suarni", "Sukmawati", "Sumarni", "Suriani",
      "Tenri", "Wahidah", "Wiwi", "Yuliana", "Zaenab");
NAMES(names_women_second, "Aminah", "Batari", "Bunga", "Cinnong", "Dewi", "Handayani", "Hawa", "Intan", "Jannah", "Kasih", "Khadijah",
      "Lestari", "Maryam", "Melati", "Mutmainnah", "Ningsih", "Nurbaya", "Padmi", "Puspita", "Rabiah", "Rahayu", "Rampe", "Safitri",
      "Salmiah", "Sanneng", "Sekar", "Tenri", "Utami", "Wati", "Wulandari");
NAMES(names_church_men, "Adrianus", "Agustinus", "Albertus", "Alfius", "Andarias", "Benyamin", "Daniel", "Daud", "Demianus", "Elias",
      "Ferdinan", "Filipus", "Gideon", "Harun", "Henokh", "Ishak", "Yakob", "Yohanis", "Yonatan", "Yosep", "Kristian", "Lukas", "Markus",
      "Marthen", "Matius", "Mesakh", "Natan", "Obed", "Paulus", "Petrus", "Ruben", "Samuel", "Simon", "Stefanus", "Timotius", "Titus",
      "Tomas", "Yusak");
NAMES(names_church_women, "Agustina", "Alfrida", "Anastasia", "Debora", "Dorkas", "Elisabet", "Elsi", "Ester", "Febrianti", "Hana",
      "Helena", "Hermin", "Kristina", "Lea", "Lidia", "Maria", "Marlina", "Marta", "Meriam", "Naomi", "Novita", "Orpa", "Paulina", "Rahel",
      "Ribka", "Rut", "Sara", "Selvi", "Serlina", "Susana", "Tabita", "Yohana", "Yuliana", "Yosina");
NAMES(names_family, "Allo", "Bara", "Batti", "Bongga", "Buntu", "Datu", "Kala", "Kendek", "Lande", "Lembang", "Limbong", "Lobo", "Mangiri",
      "Manik", "Padang", "Pakiding", "Palimbong", "Pasau", "Patila", "Rante", "Rapa", "Sampe", "Sarira", "Sesa", "Tangke", "Tarra", "Tiku",
      "Toding", "Tonapa", "Turu");
NAMES(names_hamlet, "Batu Lotong", "Buntu Tabang", "Cempaka Jaya", "Dadi Mulya", "Kampung Baru", "Labombo Indah", "Lempong Pute",
      "Limbong Lestari", "Mata Allo", "Padang Katapi", "Padang Lambe", "Padang Sarre", "Pantai Indah", "Rante Balla", "Rante Damai",
      "Salu Lemo", "Salu Pao", "Sipakatau", "Tallang Bulawan", "Tanete Bua", "To Bulung", "Ulu Salu", "Ujung Pandan", "Wae Kambas");
NAMES(names_town, "Palopo", "Belopa", "Larompong", "Suli", "Bajo", "Bua", "Ponrang", "Lamasi", "Walenrang", "Makale", "Rantepao", "Siwa",
      "Sengkang", "Makassar", "Pare Pare", "Masamba");
